"""The template's values without CloudFormation: every name in it can be computed, and is.

moto 5.2.5's CloudFormation keeps of our resources little more than the keys of the tables: a bucket's versions,
lock, lifecycle, CORS and notification, TTL and point-in-time recovery are dropped in silence, every KMS key
becomes a symmetric one, a state machine is made but not executed, and secrets, mail identities and schedules
are left out. Importing it costs about three seconds besides. So the one-machine stack reads the same files,
resolves them here, and creates each resource through its service's own API.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from infrastructure.template import Template, functions, resources

REGION = "ap-southeast-3"
ACCOUNT = "123456789012"

# What Ref answers, by the type's property that holds it (a secret's ARN has a random end; its name does as well).
_REFERENCES = {
    "AWS::DynamoDB::Table": "TableName",
    "AWS::S3::Bucket": "BucketName",
    "AWS::SQS::Queue": "QueueName",
    "AWS::KMS::Alias": "AliasName",
    "AWS::SecretsManager::Secret": "Name",
    "AWS::SES::EmailIdentity": "EmailIdentity",
    "AWS::Logs::LogGroup": "LogGroupName",
    "AWS::IAM::Role": "RoleName",
}
_ARNS = {
    "AWS::DynamoDB::Table": "arn:aws:dynamodb:{region}:{account}:table/{name}",
    "AWS::S3::Bucket": "arn:aws:s3:::{name}",
    "AWS::SQS::Queue": "arn:aws:sqs:{region}:{account}:{name}",
    "AWS::IAM::Role": "arn:aws:iam::{account}:role/{name}",
    "AWS::Logs::LogGroup": "arn:aws:logs:{region}:{account}:log-group:{name}:*",
    "AWS::StepFunctions::StateMachine": "arn:aws:states:{region}:{account}:stateMachine:{name}",
    "Function": "arn:aws:lambda:{region}:{account}:function:{name}",
}
_NAMES = _REFERENCES | {"AWS::StepFunctions::StateMachine": "StateMachineName", "Function": "FunctionName"}


class Stage:
    """Both template files as they are for one stage, on this machine's account and region.

    `stage`, `site_url` and `mail_from` are the template's parameters; the others have their defaults.
    """

    def __init__(self, stage: str, site_url: str, mail_from: str) -> None:
        whole, laid_over = resources(), functions()
        self._conditions = whole["Conditions"]
        defaults = {name: one["Default"] for name, one in whole["Parameters"].items() if "Default" in one}
        self._values: dict[str, str] = {
            **defaults,
            "Stage": stage,
            "SiteUrl": site_url,
            "MailFrom": mail_from,
            "TimeStampUrl": "",  # the stack's own authority is known only once it answers (local/aws.py)
            "AWS::Region": REGION,
            "AWS::AccountId": ACCOUNT,
            "AWS::Partition": "aws",
        }
        self.described: Template = whole["Resources"] | laid_over["Resources"]
        self._variables = laid_over["Globals"]["Function"]["Environment"]["Variables"]

    def environment(self) -> dict[str, str]:
        """The variables `SANGGAR_*` of every function. Raises KeyError for a name that the template lacks."""
        return {name: str(self.resolve(value)) for name, value in self._variables.items()}

    def of_type(self, kind: str) -> dict[str, Template]:
        """The properties of all resources of a CloudFormation type, by logical name, resolved."""
        found = {name: made for name, made in self.described.items() if made.get("Type") == kind}
        return {name: self.resolve(made["Properties"]) for name, made in found.items()}

    def name(self, logical: str) -> str:
        """The physical name of a resource, a function or a role."""
        made = self.described[logical]
        return str(self.resolve(made["Properties"][_NAMES[_kind(made)]]))

    def arn(self, logical: str) -> str:
        """The ARN of a resource, a function or a role."""
        made = self.described[logical]
        return _ARNS[_kind(made)].format(region=REGION, account=ACCOUNT, name=self.name(logical))

    def resolve(self, value: Any) -> Any:
        """A value of the template without intrinsic functions."""
        if isinstance(value, list):
            return [self.resolve(item) for item in value]
        if not isinstance(value, dict):
            return value
        if len(value) == 1:
            (function, argument), *_ = value.items()
            if function in self._intrinsic:
                return self._intrinsic[function](argument)
        return {key: self.resolve(item) for key, item in value.items()}

    @property
    def _intrinsic(self) -> Mapping[str, Callable[[Any], Any]]:
        return {
            "Ref": self._reference,
            "Fn::GetAtt": self._attribute,
            "Fn::Sub": self._filled,
            "Fn::Select": lambda said: self.resolve(said[1])[int(said[0])],
            "Fn::Split": lambda said: self.resolve(said[1]).split(said[0]),
            "Fn::If": lambda said: self.resolve(said[1 if self.resolve(self._conditions[said[0]]) else 2]),
            "Fn::Equals": lambda said: self.resolve(said[0]) == self.resolve(said[1]),
        }

    def _reference(self, logical: str) -> str:
        if logical in self._values:
            return self._values[logical]
        made = self.described[logical]
        if made.get("Type") == "AWS::StepFunctions::StateMachine":
            return self.arn(logical)
        return self.name(logical) if _kind(made) in _NAMES else logical

    def _attribute(self, said: list[str]) -> str:
        logical, attribute = said
        if attribute != "Arn":
            raise KeyError(f"{logical}.{attribute}")
        return self.arn(logical)

    def _filled(self, text: str) -> str:
        def value(found: re.Match[str]) -> str:
            name = found[1]
            return self._attribute(name.split(".")) if "." in name else self._reference(name)

        return re.sub(r"\$\{([\w.:]+)\}", value, text)


def _kind(made: Template) -> str:
    # What is laid over Chalice's template has no type here: it is a function or a function's role.
    if "Type" in made:
        return str(made["Type"])
    return "Function" if "FunctionName" in made["Properties"] else "AWS::IAM::Role"
