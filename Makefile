# Kubernetes OpenAPI document → wheel of the Python client. `make help` lists what there is.
PYTHON ?= python3
K8S ?=
SPEC ?= registry
# From the command line alone: environments have variables of these names for other purposes.
BASE := registry
CONTEXT :=
NAME :=
VERSION := 0.1.0
OUT ?= out
JSON ?= out/bench.json

TOOLS := out/tools/bin/python
DEV := out/dev/bin/python
# The wheels that tests run against; in folders of their own, so that out/dist stays the user's.
TESTED := 1.36 1.37

.DEFAULT_GOAL := help
.DELETE_ON_ERROR:
.PHONY: help tools dev generate versions test lint test-generator test-client test-differential test-types test-custom test-published test-dependents compat upstream-test e2e apiserver diff patch-edit patch-save bench-upstream golden bench bench-compare bench-readme clean

help: ## list the targets
	@awk -F ':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' $(MAKEFILE_LIST)
	@echo
	@echo "  K8S=1.36         Kubernetes version (default: the newest, see make versions)"
	@echo "  SPEC=registry    where the document comes from: registry, release, a path (plain or .gz),"
	@echo "                   cluster (KUBECONFIG=, CONTEXT=), or crd:PATH, CRD manifests added to BASE=registry"
	@echo "  NAME=acme-crds   an extra wheel with the custom kinds alone (VERSION=0.1.0), see docs/crds.md"
	@echo "  OUT=out          folder for everything that is made"
	@echo "  PYTHON=python3   Python 3.10 or newer"

tools: ## install what the build needs into out/tools
	@$(PYTHON) -m generator tools

dev: ## install what tests and benchmarks need into out/dev
	@$(PYTHON) -m generator tools --dev

generate: tools ## build the wheel: make generate K8S=1.37 SPEC=registry
	@$(TOOLS) -m generator --out "$(OUT)" generate --k8s "$(K8S)" --spec "$(SPEC)" \
		--base "$(BASE)" --context "$(CONTEXT)" --name "$(NAME)" --version "$(VERSION)"

versions: ## list the Kubernetes versions that openapi/lock.toml knows, with their sources
	@$(PYTHON) -m generator versions

test: lint test-generator test-client test-differential test-types test-custom compat upstream-test e2e ## everything that .ci/run checks

lint: dev ## ruff and mypy --strict
	$(DEV) -m ruff check .
	$(DEV) -m ruff format --check .
	$(DEV) -m mypy

test-generator: dev ## the generator: unit tests and goldens
	$(DEV) -m pytest tests/unit tests/golden

out/wheels/%: dev
	@$(DEV) -m generator --out "out/build-$*" generate --k8s $* --spec registry >/dev/null
	@$(DEV) tests/environments.py wheel $* out/build-$*/dist/*.whl $@

out/wheels/extra: dev out/wheels/1.36 # the CRDs of tests/crds as a wheel beside the client's
	@$(DEV) -m generator --out out/build-extra generate --k8s 1.36 --spec crd:tests/crds --name acme-crds >/dev/null
	@$(DEV) tests/environments.py wheels $@ out/build-1.36/dist/*.whl out/build-extra/dist/*.whl

out/wheels/merged: dev # … and in the client
	@$(DEV) -m generator --out out/build-merged generate --k8s 1.36 --spec crd:tests/crds >/dev/null
	@$(DEV) tests/environments.py wheels $@ out/build-merged/dist/*.whl

out/wheels/lowest: dev out/wheels/1.36 # the oldest msgspec that the wheel declares
	@$(DEV) tests/environments.py lowest out/build-1.36/dist/*.whl $@

out/published out/published-37: out/published%: dev
	@$(DEV) tests/environments.py published-client kubernetes$(or $*,-36) $@

test-client: $(TESTED:%=out/wheels/%) out/wheels/lowest ## the installed wheels against loopback servers
	out/wheels/lowest/bin/python -m pytest tests/client/test_model_objects.py tests/client/test_models.py
	out/wheels/1.37/bin/python -m pytest tests/client
	out/wheels/1.36/bin/python -m pytest tests/client

test-differential: $(TESTED:%=out/wheels/%) out/published out/published-37 ## the installed wheels against the published clients
	$(DEV) -m pytest tests/differential tests/lockwatch

test-types: out/wheels/1.36 ## mypy and pyright on programs that use the installed wheel
	$(DEV) -m mypy --config-file tests/typing/mypy.ini --python-executable out/wheels/1.36/bin/python tests/typing
	$(DEV) -m pyright --project tests/typing --pythonpath out/wheels/1.36/bin/python

test-custom: out/wheels/extra out/wheels/merged ## custom kinds, as a wheel of their own and in the client; pyright on a program
	out/wheels/extra/bin/python -m pytest tests/custom
	out/wheels/merged/bin/python -m pytest tests/custom
	$(DEV) -m pyright --project tests/custom --pythonpath out/wheels/extra/bin/python

test-published: out/wheels/1.36 ## the published wheel's own tests against the installed wheel
	$(DEV) tests/environments.py published out/wheels/1.36

test-dependents: out/wheels/1.36 out/published ## programs that use private names, with both clients
	out/published/bin/python -m pytest -p no:cacheprovider tests/dependents
	out/wheels/1.36/bin/python -m pytest -p no:cacheprovider tests/dependents

compat: test-published test-dependents ## suites and programs made for 36.0.3 with our wheel: its own, dagster-k8s's, ours
	$(DEV) tests/environments.py dependents out/build-1.36/dist/*.whl out/dagster

apiserver: dev ## build a real kube-apiserver for tests, once per machine (about ten minutes)
	$(DEV) -m cluster build

e2e: apiserver out/wheels/1.36 out/published ## both clients against a real kube-apiserver
	$(DEV) -m cluster run -- $(DEV) tests/e2e/both.py out/published/bin/python out/wheels/1.36/bin/python

upstream-test: dev ## the patches for upstream: they apply, do what they claim, and change no value
	$(DEV) -m pytest tests/upstream

diff: dev ## write the patches as mails for git am, with their effects, to out/upstream: make diff, make diff OWN=1
	@$(DEV) -m upstream diff $(if $(OWN),--own)

patch-edit: dev ## lay out a series as commits to edit: make patch-edit RELEASE=7.26.0-python
	@$(DEV) -m upstream edit --release "$(RELEASE)"

patch-save: dev ## write the edited commits back as the series: make patch-save RELEASE=7.26.0-python
	@$(DEV) -m upstream save --release "$(RELEASE)"

bench-upstream: dev ## the time before and after each patch for upstream
	@$(DEV) -m bench.upstream

golden: dev ## write the goldens anew; read the diff before you commit it
	$(DEV) -m pytest tests/golden --write-goldens

bench: out/wheels/1.36 ## measure side by side: make bench, make bench QUICK=1, make bench ONLY="decode_pods to_dict"
	$(DEV) -m bench --ours out/wheels/1.36/bin/python $(if $(QUICK),--quick) $(if $(ONLY),--only $(ONLY)) --json $(JSON)

bench-compare: dev ## what is slower in out/bench.json than in bench/baseline.json
	$(DEV) -m bench --compare --json $(JSON)

bench-readme: dev ## write README.md's table, docs/bench.* and the baseline from out/bench.json
	$(DEV) -m bench --readme --json $(JSON)

clean: ## remove everything that was made, but not what was downloaded
	rm -rf out/upstream out/tools out/dev out/wheels out/build-* out/published* out/dagster out/dependents out/bench out/generated out/package
