"""Where finished files go, and who signs them."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, model_validator

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


class Credentials(Strict):
    """The certificate that signs the files with content credentials (C2PA); what the environment says goes before."""

    certificate: str | None = Field(
        default=None, description="Your certificate and those above it, a PEM file, relative to the campaign file."
    )
    key: str | None = Field(default=None, description="Its private key, a PEM file, relative to the campaign file.")
    sign_command: str | None = Field(
        default=None, description="In place of a key: a command that gets bytes and gives their signature."
    )
    timestamp_server: Annotated[str, Field(pattern="^https?://", description="An address (RFC 3161).")] | None = Field(
        default=None, description="A server that says when a file was signed, so that it outlives the certificate."
    )
    trust: str | None = Field(
        default=None, description="Certificates of authorities to trust when files are read, a PEM file."
    )

    @model_validator(mode="after")
    def _one_way_to_sign(self) -> Credentials:
        if self.key and self.sign_command:
            raise ValueError("`credentials` has both a `key` and a `sign_command`: leave one out")
        return self
