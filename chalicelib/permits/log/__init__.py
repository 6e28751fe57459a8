"""The register of permits as a transparency log: RFC 6962 hashes, C2SP tlog-tiles, signed checkpoints (docs/adr/0008).

Pure: hashes and files in, hashes and files out. No AWS, no clock, no environment.
"""
