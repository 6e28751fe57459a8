"""An uploaded file becomes an inspection; inspections and claims become findings.

Light (values and rules): `types`, `gate`, `findings`. Heavy (parsers, pictures, models): everything that
`inspection` and `worker` import; only the inspection function loads those.
"""
