"""python3 -m tests.sbom [FILE]: what the archive is made of, as a CycloneDX 1.6 document in JSON.

It lists what requirements.txt locks: each package with its version, the SHA-256 of each of its
files, the condition under which it is installed, and what needs it. The same lock gives the same
document. Without FILE it goes to standard output.
"""

import json
import re
import sys
import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from talkarchive.bootstrap import BASE_DIR, LOCKS

# An entry of the lock: name, version, condition, hashes, and who needs it.
ENTRY = re.compile(
    r"^(?P<name>[\w.-]+)==(?P<version>[^\s;]+)(?: ; (?P<marker>.*?))? \\\n"
    r"(?P<hashes>(?:    --hash=.*\n)+)(?P<via>(?:    #.*\n?)*)",
    re.M,
)


@dataclass(frozen=True)
class Package:
    """What the lock says of one version of a package."""

    name: str
    version: str
    marker: str  # "" where it is installed everywhere
    hashes: tuple[str, ...]
    needed_by: frozenset[str]  # packages, or the project

    @property
    def ref(self) -> str:
        return f"pkg:pypi/{self.name}@{self.version}"


def packages(lock: str) -> Iterator[Package]:
    """In: the text of a lock, as uv writes it."""
    for found in ENTRY.finditer(lock):
        comment = re.sub(r"^    #( +via)?", "", found["via"], flags=re.M)
        yield Package(
            found["name"],
            found["version"],
            found["marker"] or "",
            tuple(re.findall(r"sha256:([0-9a-f]{64})", found["hashes"])),
            frozenset(line.split()[0] for line in comment.splitlines() if line.strip()),
        )


def document(lock: str, project: dict[str, Any]) -> dict[str, Any]:
    """The CycloneDX document. In: the lock's text, and `project` of pyproject.toml."""
    listed = list(packages(lock))
    own = f"pkg:pypi/{project['name']}@{project['version']}"
    needing = {project["name"]: own, **{package.name: package.ref for package in listed}}
    needs: dict[str, list[str]] = {ref: [] for ref in needing.values()}
    for package in listed:
        for name in package.needed_by:
            if name in needing:
                needs[needing[name]].append(package.ref)
    return {
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "serialNumber": f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, own + lock)}",
        "version": 1,
        "metadata": {
            "component": {
                "type": "application",
                "bom-ref": own,
                "name": project["name"],
                "version": project["version"],
                "licenses": [{"license": {"id": project["license"]}}],
                "purl": own,
            }
        },
        "components": [_component(package) for package in listed],
        "dependencies": [
            {"ref": ref, "dependsOn": sorted(below)} for ref, below in sorted(needs.items())
        ],
    }


def _component(package: Package) -> dict[str, Any]:
    marker = [{"name": "python:marker", "value": package.marker}] if package.marker else []
    return {
        "type": "library",
        "bom-ref": package.ref,
        "name": package.name,
        "version": package.version,
        "purl": package.ref,
        "hashes": [{"alg": "SHA-256", "content": each} for each in package.hashes],
        **({"properties": marker} if marker else {}),
    }


def main() -> int:
    project = tomllib.loads((BASE_DIR / "pyproject.toml").read_text())["project"]
    made = json.dumps(document((BASE_DIR / LOCKS[""]).read_text(), project), indent=2) + "\n"
    if sys.argv[1:]:
        Path(sys.argv[1]).write_text(made)
    else:
        sys.stdout.write(made)
    return 0


if __name__ == "__main__":
    sys.exit(main())
