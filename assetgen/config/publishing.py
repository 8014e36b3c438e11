"""Where finished files go, and who signs them."""

from __future__ import annotations

from typing import Annotated

from pydantic import BeforeValidator, Field

from assetgen.config.strict import Strict


class Publish(Strict):
    """Where finished files go, and where the world finds them there."""

    to: str = Field(
        description="A folder, from the one that holds `templates`, or s3://bucket/folder, gs://… or az://…."
    )
    base_url: Annotated[str, Field(pattern="^https?://[^?#\\s]+$")] = Field(
        description="The address of that folder for the world, such as https://cdn.example.com/pictures."
    )
    keep_days: Annotated[int, Field(ge=0)] = Field(
        default=30, description="How long files stay that nothing asks for any more, so that no crawler misses them."
    )


def _not_here(_: object) -> None:
    """A file that is read would be a file that is executed: whoever may edit a campaign could run anything."""
    raise ValueError(
        "a command is not taken from a campaign: whoever may edit it could run anything; set it as "
        "ASSETGEN_C2PA_SIGN_CMD in the environment of who runs assetgen"
    )


class Credentials(Strict):
    """The certificate that signs the files with content credentials (C2PA); what the environment says goes before."""

    certificate: str | None = Field(
        default=None, description="Your certificate and those above it, a PEM file, relative to the campaign file."
    )
    key: str | None = Field(default=None, description="Its private key, a PEM file, relative to the campaign file.")
    sign_command: Annotated[None, BeforeValidator(_not_here)] = Field(
        default=None, description="Not read here: a command that signs is named in ASSETGEN_C2PA_SIGN_CMD alone."
    )
    timestamp_server: Annotated[str, Field(pattern="^https?://", description="An address (RFC 3161).")] | None = Field(
        default=None, description="A server that says when a file was signed, so that it outlives the certificate."
    )
    trust: str | None = Field(
        default=None, description="Certificates of authorities to trust when files are read, a PEM file."
    )
