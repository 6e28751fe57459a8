"""The permit document: layout, signature, number, registry entry, and what the public check says of it.

Light modules (types, number, lettering, names, check_page, passphrase) import nothing slow; `layout` brings
typst, `signing` and `verification` bring pyHanko.
"""
