package checks

import (
	"fmt"
	"regexp"

	"stagecue.dev/internal/diag"
	"stagecue.dev/internal/dockerfile"
	"stagecue.dev/internal/summary"
)

// secretCheck is the build check that judges names as this does.
// https://docs.docker.com/reference/build-checks/secrets-used-in-arg-or-env/
const secretCheck = "SecretsUsedInArgOrEnv"

var (
	// secretName and harmlessName are what the build check goes by: words of a
	// name, between underscores.
	secretName   = regexp.MustCompile(`(?i)(_|^)(apikey|auth|credentials?|key|passwd|password|pword|secret|token)(_|$)`)
	harmlessName = regexp.MustCompile(`(?i)(_|^)(file|public|version)(_|$)`)
)

// secretValues are values that nothing else looks like.
var secretValues = []struct {
	what  string
	value *regexp.Regexp
}{
	{"a private key", regexp.MustCompile(`-----BEGIN ([A-Z]+ )*PRIVATE KEY-----`)},
	{"a token of GitHub's", regexp.MustCompile(`\b(gh[pousr]_[A-Za-z0-9]{36}|github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59})\b`)},
	{"a token of GitLab's", regexp.MustCompile(`\bglpat-[A-Za-z0-9_-]{20}\b`)},
	{"a token of Hugging Face's", regexp.MustCompile(`\bhf_[A-Za-z0-9]{34}\b`)},
	{"a token of npm's", regexp.MustCompile(`\bnpm_[A-Za-z0-9]{36}\b`)},
	{"a token of PyPI's", regexp.MustCompile(`\bpypi-AgEIcHlwaS5vcmc[A-Za-z0-9_-]{50,}`)},
}

// secrets finds what everybody who has the image, or its history, can read.
func (c *checker) secrets() {
	if !dockerfile.Skips(c.File, nil, secretCheck) {
		for _, a := range c.File.Args {
			value := ""
			if a.Default != nil {
				value = *a.Default
			}
			c.secret("ARG", a.Name, value, summary.Place{Field: "args." + dockerfile.FieldName(a.Name)},
				"say `dockerfile: check: skip: [\""+secretCheck+"\"]`")
		}
	}
	c.steps(func(_ dockerfile.Stage, step dockerfile.Step) {
		env, ok := step.Instruction.(dockerfile.Env)
		if !ok || dockerfile.Skips(c.File, step.Check, secretCheck) {
			return
		}
		for _, p := range env.Pairs {
			c.secret("ENV", p.Name, p.Value, summary.Place{Origin: step.Origin, Field: "env." + dockerfile.FieldName(p.Name)},
				"give the step `check: skip: [\""+secretCheck+"\"]`")
		}
	})
}

func (c *checker) secret(keyword, name, value string, at summary.Place, skip string) {
	const readable = "and who has the image can read it"
	message := ""
	for _, s := range secretValues {
		if s.value.MatchString(value) {
			message = fmt.Sprintf("the value of %s %s is %s, %s", keyword, name, s.what, readable)
		}
	}
	help := "mount it where it is needed: `mounts: [{type: \"secret\", id: \"...\"}]`, and have it changed if it has been published"
	if message == "" {
		if !secretName.MatchString(name) || harmlessName.MatchString(name) {
			return
		}
		message = fmt.Sprintf("%s %s is a secret by its name, %s", keyword, name, readable)
		help = "mount it where it is needed: `mounts: [{type: \"secret\", id: \"...\"}]`; if it is none, " + skip
	}
	c.report(diag.CodeSecretInImage, diag.Warning, at, message, help)
}
