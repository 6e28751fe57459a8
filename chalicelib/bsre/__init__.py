"""BSrE's "Esign Client Service", the program on the agency's server through which officials sign (docs/adr/0009).

`line` does HTTP, `wire` reads answers, `clients` speak the two forms of the interface, `returned` examines what
came back and `signer` is the port's implementation. Only the function that signs imports this.
"""
