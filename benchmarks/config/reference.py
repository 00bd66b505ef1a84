"""Composes the same tree with Hydra. Reads {files, overrides, runs} from a file, writes seconds for each run."""
import json, os, sys, tempfile, time, warnings

warnings.simplefilter("ignore")
with open(sys.argv[1]) as file:
    given = json.load(file)
from hydra import compose, initialize_config_dir
from omegaconf import OmegaConf

with tempfile.TemporaryDirectory() as folder:
    for path, text in given["files"].items():
        target = os.path.join(folder, path)
        os.makedirs(os.path.dirname(target), exist_ok=True)
        with open(target, "w") as file:
            file.write(text)
    times = []
    keys = 0
    with initialize_config_dir(config_dir=folder, version_base="1.3"):
        for _ in range(given["runs"]):
            start = time.perf_counter()
            cfg = compose(config_name="config", overrides=given["overrides"])
            plain = OmegaConf.to_container(cfg, resolve=True)
            times.append(time.perf_counter() - start)
    with open(os.path.join(folder, "big.yaml"), "w") as file:
        file.write(given["big"])
    start = time.perf_counter()
    OmegaConf.load(os.path.join(folder, "big.yaml"))
    print(json.dumps({"compose": times, "load": time.perf_counter() - start, "value": plain}))
