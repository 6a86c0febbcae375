# The stock cue command, at the version whose Go API the compiler uses.
CUE := go run cuelang.org/go/cmd/cue@v0.17.1
STAGECUE := go run ./cmd/stagecue

.PHONY: help
help: ## list the targets
	@awk -F ':.*## ' '/^[a-z0-9-]+:.*## / {printf "%-10s %s\n", $$1, $$2}' $(MAKEFILE_LIST)

.PHONY: gen
gen: ## compile the stacks into generated/
	$(STAGECUE) gen

.PHONY: check
check: ## fail if generated/ is not what the stacks compile to
	$(STAGECUE) check

.PHONY: test
test: ## run the tests
	go vet ./...
	go test ./...

.PHONY: fmt
fmt: ## format Go and CUE
	gofmt -w cmd internal schema testscripts oracle e2e
	$(STAGECUE) fmt
	$(STAGECUE) -C e2e/testdata/module fmt

.PHONY: cue
cue: ## vet and check the format with the stock cue command
	$(CUE) vet -c=false ./...
	$(CUE) fmt --check ./...

.PHONY: race
race: ## run the tests under the race detector
	go test -race -timeout 30m ./...

.PHONY: oracle
oracle: ## judge generated/ by BuildKit's own checks and LLB conversion, and by bake
	cd oracle && go vet ./... && go test -count=1 ./...
	cd oracle/bake && go vet ./... && go test -v -count=1 ./...

.PHONY: e2e
e2e: ## build images of the stacks in e2e/ and run them: root, Linux, runc
	cd e2e && go vet ./... && go test -v -count=1 -timeout 20m .

.PHONY: stress
stress: ## save inputs while gen runs, 300 times, and kill it, 100 times
	STAGECUE_STRESS=300 go test -count=1 -timeout 20m -run 'TestStress' ./testscripts

FUZZTIME := 60s

.PHONY: fuzz
fuzz: ## throw arbitrary strings at the emitter, and sources at ignore files, for a minute each
	go test -run '^$$' -fuzz 'FuzzEmit$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 0x ./internal/dockerfile
	go test -run '^$$' -fuzz 'FuzzLines$$' -fuzztime $(FUZZTIME) -fuzzminimizetime 0x ./internal/ignore

.PHONY: bench
bench: ## measure the phases, and projections beside the naive way
	go test -run '^$$' -bench . -benchmem ./internal/matrix ./internal/load ./internal/dockerfile
	go test -run '^$$' -bench . -benchmem -benchtime 2x ./internal/compile

.PHONY: update
update: ## rewrite the expected output of the tests
	STAGECUE_UPDATE=1 UPDATE=1 go test ./...
	cd oracle && STAGECUE_UPDATE=1 go test ./...

.PHONY: ci
ci: ## run all that CI runs
	.ci/run
