"""What can be wrong with a permit number or with its template."""

from chalicelib.errors import Fault


class NumberTemplateError(Fault):
    """The template of permit numbers cannot number permits. `template` and `why` say which and why."""

    code = "number_template_invalid"


class PermitNumberError(Fault):
    """This is not a permit number of that template. `expected` is the template."""

    code = "permit_number_invalid"
