"""Static files under names that carry a hash of their content, once `collectstatic` has been run."""

from whitenoise.storage import CompressedManifestStaticFilesStorage


class CollectedFiles(CompressedManifestStaticFilesStorage):  # type: ignore[misc]
    """Until something is collected, files go by their own names: slower to serve, but every page stands."""

    def stored_name(self, name: str) -> str:
        return str(super().stored_name(name)) if self.hashed_files else name
