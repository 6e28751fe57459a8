"""An uploaded file becomes an inspection; inspections and claims become findings.

The way of a file: `files` opens it, `sight` reads its pages, `kinds` and `parts` tell what they are, `papers` find the
fields, `closer` and `shown` look again where it counts, `checks` compare; `inspection` leads, `confined` keeps all of
it in a process of its own.

Light (values and rules): `types`, `files.gate`, `words`, `checks`, `confined`. Heavy (parsers, pictures, models): what
`inspection` and `worker` import; only the inspection function loads those.
"""
