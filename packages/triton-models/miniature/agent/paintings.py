"""
Says what was painted, by the pixels and without a model:
`python -m miniature.agent.paintings --examples FOLDER --painted FOLDER --out FILE`.

`--examples` is what `miniature.examples` wrote of paintings or recolourings, `--painted` has the picture after each
edit under the name of the picture before. FILE gets a list of {picture, found, nearest, wanted}: "blue cube",
"nothing", and as `found` "something like a blue cube" where it is not clear.
"""

import argparse
import json
from pathlib import Path

import numpy
from PIL import Image
from tqdm import tqdm

from ..blockworld import Scene, explain


def main() -> None:
    parser = argparse.ArgumentParser("miniature.agent.paintings", description=__doc__)
    for option in ("--examples", "--painted", "--out"):
        parser.add_argument(option, type=Path, required=True)
    given = parser.parse_args()
    examples = json.loads((given.examples / "examples.json").read_text())
    findings = []
    for example in tqdm(examples):
        path = given.painted / example["picture"]
        if not path.is_file():
            continue
        pixels = numpy.array(Image.open(path).convert("RGB"))
        scene, thing = Scene.from_json(example["scene"]), example["thing"]
        found = explain(pixels, scene.without(thing), scene.things[thing], behind=thing)
        wanted = example["wanted"]
        findings.append(
            {
                "picture": example["picture"],
                "found": found.words,
                "nearest": " ".join(found.nearest) if found.nearest else "nothing",
                "wanted": f"{wanted['colour']} {wanted['shape']}" if wanted else "nothing",
            }
        )
    given.out.write_text(json.dumps(findings, indent=1) + "\n")


if __name__ == "__main__":
    main()
