"""The digest of each rule that was ever shipped: a decision of that day is explained by these very words.

python -m tests.kernel.kept_rules --write      adds the rules of this release; it never changes a line
"""

import hashlib
import sys
from pathlib import Path

from alongside.kernel import canonical, packfile, rules

KEPT = Path(__file__).with_name("kept_rules.txt")


def now() -> dict[str, str]:
    """Each rule of each pack we ship, by pack, name and first day."""
    found = {}
    for path in sorted(rules.SHIPPED.glob("*.json")):
        pack = packfile.read(path)
        for rule in pack.rules:
            said = canonical.dumps(rule.model_dump(mode="json", exclude={"note", "source", "verified"}))
            name = f"{pack.version} {rule.key} {rule.effective_from or 'start'}"
            found[name] = hashlib.sha256(said.encode()).hexdigest()[:16]
    return found


def kept() -> dict[str, str]:
    lines = KEPT.read_text(encoding="utf-8").splitlines() if KEPT.exists() else []
    pairs = [line.rsplit(" ", 1) for line in lines]
    return {pair[0]: pair[1] for pair in pairs}


def main() -> None:
    if "--write" not in sys.argv:
        raise SystemExit(__doc__)
    all_of_them = now() | kept()
    KEPT.write_text(
        "".join(f"{name} {all_of_them[name]}\n" for name in sorted(all_of_them)), encoding="utf-8"
    )


if __name__ == "__main__":
    main()
