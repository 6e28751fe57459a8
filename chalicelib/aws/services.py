"""The small services: mail, workflow, other functions, keys."""

import json
from typing import Any

from chalicelib.aws.session import client
from chalicelib.links.signing import Key, Keyring
from chalicelib.sealed import Sealed

_NEWEST = "newest"
"""Where the secret of the link keys names the one that signs."""


class Mail:
    """Mail through SES. One try only: the outbox repeats, knowing that it does."""

    def __init__(self, region: str) -> None:
        self._region = region

    def send(self, message: bytes, sender: str, recipient: str) -> None:
        """Hands one MIME message over."""
        client("sesv2", self._region, one_try=True).send_email(
            FromEmailAddress=sender,
            Destination={"ToAddresses": [recipient]},
            Content={"Raw": {"Data": message}},
        )


class Workflow:
    """The state machine of the procedure: one execution a case, named after it."""

    def __init__(self, region: str, state_machine_arn: str) -> None:
        self._region = region
        self._arn = state_machine_arn

    def start(self, case_id: str) -> None:
        """Starts the case's execution; harmless when it runs already."""
        sfn = client("stepfunctions", self._region)
        try:
            sfn.start_execution(
                stateMachineArn=self._arn, name=case_id, input=json.dumps({"case_id": case_id})
            )
        except sfn.exceptions.ExecutionAlreadyExists:
            return

    def answer(self, task_token: str, decision: str) -> bool:
        """Lets a waiting execution go on; False when it no longer waits with this token."""
        sfn = client("stepfunctions", self._region)
        try:
            sfn.send_task_success(taskToken=task_token, output=json.dumps({"decision": decision}))
        except (sfn.exceptions.TaskTimedOut, sfn.exceptions.TaskDoesNotExist, sfn.exceptions.InvalidToken):
            return False
        return True


class FunctionFailedError(Exception):
    """Another function ended with an error: `kind` is the error's class name there."""

    def __init__(self, kind: str, facts: Any) -> None:
        super().__init__(kind)
        self.kind = kind
        self.facts = facts


class Functions:
    """Our other Lambda functions."""

    def __init__(self, region: str) -> None:
        self._region = region

    def later(self, name: str, event: dict[str, Any]) -> None:
        """Asks for a run and does not wait for it."""
        client("lambda", self._region).invoke(
            FunctionName=name, InvocationType="Event", Payload=json.dumps(event).encode()
        )

    def now(self, name: str, event: dict[str, Any]) -> dict[str, Any]:
        """Runs a function and answers what it answers. Raises FunctionFailedError. Never repeated blindly."""
        answer = client("lambda", self._region, one_try=True).invoke(
            FunctionName=name, InvocationType="RequestResponse", Payload=json.dumps(event).encode()
        )
        result: dict[str, Any] = json.loads(answer["Payload"].read())
        if answer.get("FunctionError"):
            raise FunctionFailedError(str(result.get("errorType")), result.get("errorMessage"))
        return result


class Keys:
    """Keys of KMS that sign and never leave it, and the keyring of the links."""

    def __init__(self, region: str) -> None:
        self._region = region

    def sign_rsa(self, key_id: str, message: bytes) -> bytes:
        """RSASSA-PKCS1-v1_5 with SHA-256 over the message (at most 4096 bytes)."""
        return self._sign(key_id, message, "RSASSA_PKCS1_V1_5_SHA_256")

    def sign_ecdsa(self, key_id: str, message: bytes) -> bytes:
        """ECDSA with SHA-256 (P-256), DER, over the message (at most 4096 bytes)."""
        return self._sign(key_id, message, "ECDSA_SHA_256")

    def public_key(self, key_id: str) -> bytes:
        """The public key as DER SubjectPublicKeyInfo."""
        der: bytes = client("kms", self._region).get_public_key(KeyId=key_id)["PublicKey"]
        return der

    def secret(self, name: str) -> str:
        """The text of a secret."""
        return str(client("secretsmanager", self._region).get_secret_value(SecretId=name)["SecretString"])

    def keyring(self, name: str) -> Keyring:
        """The link keys: JSON `{"newest": id, id: secret, ...}`, the form that Secrets Manager can generate.

        Raises KeyError when the newest is not among them.
        """
        kept = self._link_keys(name)
        newest = kept.pop(_NEWEST)
        in_order = {newest: kept[newest], **kept}
        return Keyring(keys=tuple(Key(id=one, secret=Sealed(it.encode())) for one, it in in_order.items()))

    def add_link_key(self, name: str, key_id: str, secret: str) -> None:
        """One key more that is trusted; the one that signs stays."""
        self._put(name, {**self._link_keys(name), key_id: secret})

    def sign_links_with(self, name: str, key_id: str) -> None:
        """The key of that id signs from now on. Raises KeyError when it is not among the kept ones."""
        kept = self._link_keys(name)
        self._put(name, {**kept, _NEWEST: key_id, key_id: kept[key_id]})

    def drop_link_key(self, name: str, key_id: str) -> None:
        """The key of that id is trusted no more."""
        self._put(name, {one: it for one, it in self._link_keys(name).items() if one != key_id})

    def _link_keys(self, name: str) -> dict[str, str]:
        kept: dict[str, str] = json.loads(self.secret(name))
        return kept

    def _put(self, name: str, kept: dict[str, str]) -> None:
        client("secretsmanager", self._region).put_secret_value(SecretId=name, SecretString=json.dumps(kept))

    def _sign(self, key_id: str, message: bytes, algorithm: str) -> bytes:
        signature: bytes = client("kms", self._region).sign(
            KeyId=key_id, Message=message, MessageType="RAW", SigningAlgorithm=algorithm
        )["Signature"]
        return signature
