"""The files for Kubernetes: held against its schemas, its profile `restricted`, and Prefect's worker."""

from __future__ import annotations

import copy
import json
import re
import uuid
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import kubernetes_validate
import pytest
import yaml
from composed import resolved
from jsonschema import Draft202012Validator, ValidationError
from tools import DEPLOYMENTS, broken, program, told_by

from flows.operating.environment import client_environment
from flows.operating.home import Home

FOLDER = DEPLOYMENTS / "kubernetes"
FILES = sorted(path for path in FOLDER.glob("*.yaml") if path.name != "kustomization.yaml")
POOL = FOLDER / "work-pool.json"
# A version that is still mended, and the newest of the schemas.
VERSIONS = ("1.33", "1.37")
# Prefect's worker asks for both there, where Kubernetes passes them over.
MISPLACED = ("parallelism", "completions")


def documents(file: Path) -> list[dict[str, Any]]:
    return [each for each in yaml.safe_load_all(file.read_text("utf-8")) if each]


def all_documents() -> list[dict[str, Any]]:
    return [each for file in FILES for each in documents(file)]


def held_against_the_schema(found: list[dict[str, Any]], version: str) -> None:
    assert found
    for each in found:
        kubernetes_validate.validate(each, version, strict=True)


def template(file: Path = POOL) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(file.read_text("utf-8"))
    return found


def rendered(file: Path = POOL, **values: Any) -> dict[str, Any]:
    """Return the job of a run as Prefect's own worker makes it: it looks through the template itself, too."""
    from prefect.client.schemas.objects import FlowRun
    from prefect.utilities.templating import apply_values
    from prefect_kubernetes.worker import KubernetesWorkerJobConfiguration

    pool = template(file)
    usual = {
        name: told["default"] for name, told in pool["variables"]["properties"].items() if "default" in told
    }
    filled = apply_values(template=pool["job_configuration"], values=usual | values)
    configuration = KubernetesWorkerJobConfiguration(**filled)
    configuration.prepare_for_flow_run(
        FlowRun(id=uuid.UUID(int=1), flow_id=uuid.UUID(int=2), name="年报 2023")
    )
    return dict(configuration.job_manifest)


def without_misplaced(job: dict[str, Any]) -> dict[str, Any]:
    job = copy.deepcopy(job)
    for name in MISPLACED:
        assert job["spec"]["template"]["spec"].pop(name) == 1
    return job


def pods() -> Iterator[tuple[str, dict[str, Any]]]:
    for each in all_documents():
        if "template" in each.get("spec", {}):
            yield f"{each['kind']} {each['metadata']['name']}", each["spec"]["template"]["spec"]
    yield "Job", rendered()["spec"]["template"]["spec"]


@pytest.mark.parametrize("version", VERSIONS)
@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_object_is_one(file: Path, version: str) -> None:
    held_against_the_schema(documents(file), version)


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("server.yaml", "replicas: 1", "replica: 1"),
        ("server.yaml", "containerPort: 4200", "containerPort: http"),
        ("worker.yaml", "httpGet: {path: /health, port: health}", "httpget: {path: /health}"),
        ("database.yaml", "serviceName: database", "servicename: database"),
        ("storage.yaml", "accessModes: [ReadWriteMany]", "accessModes: ReadWriteMany"),
        ("worker-rights.yaml", "verbs: [get]", "verb: [get]"),
        ("network.yaml", "podSelector: {}", "podSelektor: {}"),
    ],
)
def test_the_schema_finds_a_mistake(name: str, old: str, new: str, tmp_path: Path) -> None:
    found = documents(broken(FOLDER / name, old, new, tmp_path))
    with pytest.raises(kubernetes_validate.ValidationError):
        held_against_the_schema(found, VERSIONS[-1])


def test_kustomize_puts_them_together() -> None:
    status, said = told_by([program("kubectl", "Debian: kubernetes-client"), "kustomize", str(FOLDER)])
    assert status == 0, said
    made = [each for each in yaml.safe_load_all(said) if each]
    kinds = {(each["kind"], each["metadata"]["name"].partition("-")[0]) for each in all_documents()}
    assert {(each["kind"], each["metadata"]["name"].partition("-")[0]) for each in made} == kinds | {
        ("ConfigMap", "work")
    }
    assert {each["metadata"].get("namespace", "nianbao") for each in made} == {"nianbao"}
    (pool,) = [each for each in made if each["kind"] == "ConfigMap"]
    assert json.loads(pool["data"]["work-pool.json"]) == template()
    # The worker is started anew with a new template: it is named by what is in it.
    assert said.count(pool["metadata"]["name"]) == 2
    held_against_the_schema(made, VERSIONS[-1])


def test_kustomize_finds_a_file_that_is_not_there(tmp_path: Path) -> None:
    broken(FOLDER / "kustomization.yaml", "server.yaml", "servers.yaml", tmp_path)
    status, said = told_by([program("kubectl", "Debian: kubernetes-client"), "kustomize", str(tmp_path)])
    assert status != 0
    assert said


def test_pods_are_as_restricted_as_the_namespace_asks() -> None:
    """The profile `restricted` of Kubernetes' pod security standards, and a root that nobody writes to."""
    seen = set()
    for name, pod in pods():
        seen.add(name)
        held = pod["securityContext"]
        assert (held["runAsNonRoot"], held["seccompProfile"]) == (True, {"type": "RuntimeDefault"}), name
        assert held["runAsUser"] > 0, name
        assert not {"hostNetwork", "hostPID", "hostIPC"} & set(pod), name
        kinds = {kind for volume in pod["volumes"] for kind in volume if kind != "name"}
        assert kinds <= {"configMap", "emptyDir", "persistentVolumeClaim", "secret"}, name
        for each in pod["containers"]:
            assert each["securityContext"] == {
                "allowPrivilegeEscalation": False,
                "readOnlyRootFilesystem": True,
                "capabilities": {"drop": ["ALL"]},
            }, name
            assert set(each["resources"]) == {"requests", "limits"}, name
            assert {"cpu", "memory"} == set(each["resources"]["limits"]), name
    assert seen == {"StatefulSet database", "Deployment server", "Deployment worker", "Job"}


def test_the_names_in_them_are_those_of_each_other() -> None:
    made = {(each["kind"], each["metadata"]["name"]) for each in all_documents()}
    own = {volume["name"] for _, pod in pods() for volume in pod["volumes"]}
    for name, pod in pods():
        assert ("ServiceAccount", pod.get("serviceAccountName", "run")) in made, name
        volumes = {volume["name"] for volume in pod["volumes"]} | {"data"}
        for volume in pod["volumes"]:
            if "persistentVolumeClaim" in volume:
                assert ("PersistentVolumeClaim", volume["persistentVolumeClaim"]["claimName"]) in made, name
            assert volume.get("secret", {"secretName": "nianbao"})["secretName"] == "nianbao"
        for each in pod["containers"]:
            assert {mount["name"] for mount in each["volumeMounts"]} <= volumes, name
    assert own
    (worker,) = [pod for name, pod in pods() if name == "Deployment worker"]
    (address,) = re.findall(r"--server=http://(\w+):(\d+)", " ".join(worker["containers"][0]["args"]))
    assert ("Service", address[0]) in made


def test_the_parts_are_told_what_the_compose_file_tells_them() -> None:
    """Where the two differ is named here."""
    services = resolved()["services"]
    containers = {name: pod["containers"][0] for name, pod in pods()}
    for part in ("server", "worker"):
        ours = containers[f"Deployment {part}"]
        theirs = [
            word.replace("/run/secrets/", "/run/secrets/nianbao/") for word in services[part]["command"]
        ]
        apart = set(ours["args"]) ^ set(theirs)
        assert apart == (
            {"--runs=4", "--runs=2", "--jobs=/etc/nianbao/work-pool.json"} if part == "worker" else set()
        )
    told = {each["name"]: each["value"] for each in containers["Deployment server"]["env"]}
    assert told == services["server"]["environment"]


def test_no_setting_of_the_environments_stands_in_them(tmp_path: Path) -> None:
    theirs = {
        each["name"]
        for name, pod in pods()
        for each in pod["containers"][0].get("env", ())
        if each["name"].startswith("PREFECT_") and name != "Job"
    }
    assert theirs == {name for name in theirs if name.startswith("PREFECT_INTEGRATIONS_KUBERNETES_")}
    assert theirs <= set(client_environment(Home(tmp_path), "http://server:4200", dict.fromkeys(theirs, "x")))


def test_the_job_of_a_run_is_one() -> None:
    job = rendered(working_dir="/data", env={"NIANBAO_WEB_CONTACT": "office@nianbao.example"})
    for version in VERSIONS:
        held_against_the_schema([without_misplaced(job)], version)
    container = job["spec"]["template"]["spec"]["containers"][0]
    assert container["args"] == ["prefect", "flow-run", "execute"]
    assert container["workingDir"] == "/data"
    told = {each["name"]: each.get("value") for each in container["env"]}
    assert (told["DO_NOT_TRACK"], told["NIANBAO_WEB_CONTACT"]) == ("1", "office@nianbao.example")
    assert "PREFECT_API_AUTH_STRING" not in told


def test_every_variable_is_used_and_every_use_has_one() -> None:
    pool = template()
    used = set(re.findall(r"{{ (\w+) }}", json.dumps(pool["job_configuration"])))
    assert used == set(pool["variables"]["properties"])


def test_the_variables_are_a_schema_that_its_own_defaults_fit() -> None:
    variables = template()["variables"]
    Draft202012Validator.check_schema(variables)
    usual = {name: told["default"] for name, told in variables["properties"].items() if "default" in told}
    checked = Draft202012Validator(variables)
    checked.validate(usual)
    # What `nianbao deploy` sets in each deployment.
    assert "working_dir" in variables["properties"]
    for wrong in ({"finished_job_ttl": "a day"}, {"image_pull_policy": "Perhaps"}, {"deadline_seconds": 1}):
        with pytest.raises(ValidationError):
            checked.validate(usual | wrong)


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('"restartPolicy": "Never"', '"restartPolicy": "Sometimes"'),
        ('"parallelism": 1,', ""),
        ('"name": "prefect-job"', '"name": "job"'),
    ],
    ids=["policy", "parallelism", "name"],
)
def test_prefects_worker_finds_a_mistake_in_the_template(old: str, new: str, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="Job "):
        rendered(broken(POOL, old, new, tmp_path))


def test_the_schema_finds_a_mistake_in_the_template(tmp_path: Path) -> None:
    job = without_misplaced(rendered(broken(POOL, '"mountPath": "/tmp"', '"mountpath": "/tmp"', tmp_path)))
    with pytest.raises(kubernetes_validate.ValidationError):
        held_against_the_schema([job], VERSIONS[-1])
