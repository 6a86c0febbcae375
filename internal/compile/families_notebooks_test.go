package compile

import (
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"stagecue.dev/internal/load"
)

// A notebook is an image of stages/notebooks as it has to be. The data below are
// those of the images that DataHub publishes.
type notebook struct {
	plan, image string
	// from is the image it stands on, with the defaults of build arguments;
	// parent is the path of the one that is built here, if it is.
	from, parent string
	// apt and python are what is installed, with versions.
	apt, python []string
	// holds are lines that must be there.
	holds []string
}

const (
	datascience = "datascience-notebook"
	rstudio     = "rstudio-notebook"
	scipyML     = "scipy-ml-notebook"
	ghcr        = "ghcr.io/ucsd-ets/"
)

// notebooks are all images of all plans. scipy-ml-notebook skips the plan 2024.1.
func notebooks() []notebook {
	var all []notebook
	for _, p := range []struct{ plan, from, jupyterhub, pandas, cuda string }{
		{"2024.1", "docker.io/jupyter/datascience-notebook:python-3.11", "3.0.0", "pandas", ""},
		{"2026.1", "quay.io/jupyter/datascience-notebook:python-3.11.8", "4.1.5", "pandas==2.3.3", "cu126"},
		{"2026.3", "quay.io/jupyter/datascience-notebook:python-3.11.8", "4.1.5", "pandas==3.0.3", "cu126"},
	} {
		child := notebook{plan: p.plan, from: ghcr + datascience + ":" + p.plan + "-stable", parent: "notebooks/" + p.plan + "/" + datascience + "/Dockerfile"}
		root := notebook{plan: p.plan, image: datascience, from: p.from}
		root.apt = strings.Fields(`git libgdal-dev libproj-dev libgeos-dev libudunits2-dev libgit2-dev pkg-config curl rsync unzip
			less nano vim cmake tmux screen gnupg htop wget strace openssh-client openssh-server netcat-openbsd p7zip apt-utils jq
			build-essential p7zip-full`)
		root.python = append(strings.Fields(`pillow typing-extensions tzlocal appdirs gputil mock pytest umap-learn nltk
			statsmodels==0.14.6 mistune dpkt nose datascience pyarrow bottleneck==1.4.2 numexpr==2.14.1 jupyter_server==2.14.2
			jupyterlab==4.2.4 notebook==7.2.1 nbclassic==1.1.0 jupyterlab_rise jupyter_server_terminals jupyterlab-latex
			jupyterlab-git jupyterlab-fasta jupyterlab-geojson nbconvert==7.16.4 nbgrader==0.9.3`), "jupyterhub=="+p.jupyterhub, p.pandas)
		root.holds = []string{
			`    && chmod g-s /usr/bin/screen \`,
			`    && chmod 1777 /var/run/screen \`,
			`        -e 'install.packages(c("sf", "markdown", "covr", "git2r", "crosstalk", "DT"), repos = "https://cloud.r-project.org")' \`,
			`ENV JUPYTERHUB_USER=${NB_USER} \`,
			`    NBGRADER_COURSEID=NA`,
			`WORKDIR /home/jovyan`,
		}
		all = append(all, root)

		r := child
		r.image = rstudio
		r.apt = strings.Fields("apt-utils gdebi-core dpkg-sig")
		r.python = []string{"jupyter-rsession-proxy"}
		r.holds = []string{
			`    https://download2.rstudio.org/server/jammy/amd64/rstudio-server-2024.09.1-394-amd64.deb \`,
			`for program in /usr/bin/git /usr/bin/ssh /usr/bin/ssh-add /usr/bin/ssh-agent /usr/bin/ssh-copy-id /usr/bin/ssh-keygen ` +
				`/usr/bin/ssh-keyscan /usr/sbin/sshd; do`,
			`ENV LD_LIBRARY_PATH=/opt/conda/lib:/usr/lib/x86_64-linux-gnu \`,
			`    PATH=${PATH}:/usr/lib/rstudio-server/bin \`,
			`    SHELL=/bin/bash`,
		}
		all = append(all, r)

		if p.cuda == "" {
			continue
		}
		ml := child
		ml.image = scipyML
		ml.apt = strings.Fields("libtinfo5 build-essential")
		ml.python = strings.Fields(`nvidia-cudnn-cu12==9.5.1.17 tensorflow==2.18.0 keras==3.9.0 tf_keras==2.18.0 tensorrt==10.7.0
			torch==2.6.0 torchvision torchaudio protobuf==3.20.3 opencv-contrib-python-headless pillow pycocotools pyqt5 scapy tabulate
			tensorflow-datasets transformers`)
		ml.holds = []string{
			`        --index-url https://download.pytorch.org/whl/` + p.cuda + ` \`,
			`        --extra-index-url https://pypi.nvidia.com \`,
			`export LD_LIBRARY_PATH="/opt/conda/lib/python3.11/site-packages/tensorrt_libs:$LD_LIBRARY_PATH"`,
			`ENV PATH=${PATH}:/usr/local/nvidia/bin:/opt/conda/bin`,
		}
		all = append(all, ml)
	}
	return all
}

func (n notebook) path() string { return "notebooks/" + n.plan + "/" + n.image + "/Dockerfile" }

// TestNotebooks holds the contents of each Dockerfile against the data.
func TestNotebooks(t *testing.T) {
	r := run(t, notebooksModule(t))
	texts := map[string]string{}
	for _, f := range r.Dockerfiles() {
		texts[f.Path] = f.Text.String()
	}
	for _, n := range notebooks() {
		text, ok := texts[n.path()]
		if !ok {
			t.Errorf("%s is not built", n.path())
			continue
		}
		delete(texts, n.path())
		args := map[string]string{}
		for _, m := range regexp.MustCompile(`(?m)^ARG (\w+)=(.*)$`).FindAllStringSubmatch(text, -1) {
			args[m[1]] = m[2]
		}
		expand := func(s string) string { return os.Expand(s, func(name string) string { return args[name] }) }
		if want := "\nFROM " + n.from + " AS " + n.image + "\n"; !strings.Contains(expand(text), want) {
			t.Errorf("%s lacks %q", n.path(), want)
		}
		equalSets(t, n.path()+": apt", words(text, "apt-get install"), n.apt)
		var python []string
		for _, word := range words(text, "uv pip install --system --no-cache") {
			if !strings.HasPrefix(word, "--") {
				python = append(python, expand(strings.Trim(word, `"`)))
			}
		}
		equalSets(t, n.path()+": Python", python, n.python)
		for _, line := range n.holds {
			if !strings.Contains(text, "\n"+line+"\n") {
				t.Errorf("%s lacks the line %q", n.path(), line)
			}
		}
		// What persists in an image, has no effect there, or is done twice.
		for _, never := range []string{"ENV DEBIAN_FRONTEND", "DEBCONF", "activate.sh", "service ", "rebuild_trigger", "LIBNVINFER", "PY_VER_SHORT", "CUDA_VERSION"} {
			if strings.Contains(text, never) {
				t.Errorf("%s holds %q", n.path(), never)
			}
		}
	}
	for path := range texts {
		t.Errorf("%s is built, and is not among the data", path)
	}
}

// TestNotebookParents holds what is built on what, under which tags, against
// the data.
func TestNotebookParents(t *testing.T) {
	r := run(t, notebooksModule(t))
	wants := map[string]notebook{}
	for _, n := range notebooks() {
		wants[n.path()] = n
	}
	built := map[string]bool{}
	for _, image := range r.Images {
		n := wants[image.Path]
		var parents []string
		for _, p := range image.Parents {
			parents = append(parents, p.Path)
			if p.Stage != n.image || p.Target != datascience {
				t.Errorf("%s: stage %s is built from %s", image.Path, p.Stage, p.Target)
			}
			if !built[p.Path] {
				t.Errorf("%s is built before its parent", image.Path)
			}
		}
		if got := strings.Join(parents, " "); got != n.parent {
			t.Errorf("%s: it is built from %q, want %q", image.Path, got, n.parent)
		}
		built[image.Path] = true

		target := image.Plan.Targets[0]
		if got, want := strings.Join(target.Tags, " "), ghcr+n.image+":"+n.plan+"-${BRANCH}"; got != want {
			t.Errorf("%s: it is published as %s, want %s", image.Path, got, want)
		}
	}
	if len(built) != len(wants) {
		t.Errorf("%d images, want %d", len(built), len(wants))
	}
}

// What is derived from a version follows it: of CUDA 12.6 and Python 3.11 nothing
// is left when a plan has others.
func TestNotebookDerived(t *testing.T) {
	m := notebooksModule(t, "pandas: \"3.0.3\"", "pandas: \"3.0.3\"\n\"2026.3\": {cuda: release: \"12.8\", python: version: \"3.12.8\"}")
	for _, f := range run(t, m).Dockerfiles() {
		text := f.Text.String()
		if !strings.HasPrefix(f.Path, "notebooks/2026.3/") {
			continue
		}
		for _, old := range []string{"12.6", "cu126", "3.11"} {
			if strings.Contains(text, old) {
				t.Errorf("%s still holds %q", f.Path, old)
			}
		}
		if strings.Contains(f.Path, scipyML) && (!strings.Contains(text, "/whl/cu128 ") || !strings.Contains(text, "/python3.12/site-packages/")) {
			t.Errorf("%s does not follow the plan:\n%s", f.Path, text)
		}
	}
}

// A prefix of a tag is a year and a quarter.
func TestNotebookPrefix(t *testing.T) {
	for _, prefix := range []string{"2026.5", "26.3", "2026.1-cu128", "stable"} {
		r := run(t, notebooksModule(t, `"2026.1": versions`, `"`+prefix+`": versions`))
		if got := brief(r.Findings); !strings.Contains(got, prefix) || r.Findings.Errors() == 0 {
			t.Errorf("a plan %s: got %q", prefix, got)
		}
	}
}

// notebooksModule is a module with the repository's stack alone, and with
// replacements, old and new in turn, in its text.
func notebooksModule(t *testing.T, oldnew ...string) *load.Module {
	t.Helper()
	names, err := filepath.Glob("../../stages/notebooks/*.*")
	if err != nil || len(names) == 0 {
		t.Fatalf("%v: %d files", err, len(names))
	}
	files := map[string]string{}
	replaced := len(oldnew) == 0
	for _, name := range names {
		text, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		changed := strings.NewReplacer(oldnew...).Replace(string(text))
		replaced = replaced || changed != string(text)
		files["stages/notebooks/"+filepath.Base(name)] = changed
	}
	if !replaced {
		t.Fatalf("the stack holds no %q", oldnew[0])
	}
	return module(t, "m", files)
}

// words are the arguments below a command, one a line.
func words(text, command string) []string {
	var out []string
	inside := false
	for line := range strings.Lines(text) {
		word, below := strings.CutPrefix(strings.TrimRight(line, " \\\n"), "        ")
		switch {
		case strings.Contains(line, command):
			inside = true
		case inside && below:
			out = append(out, strings.Fields(word)[0])
		default:
			inside = false
		}
	}
	return out
}

func equalSets(t *testing.T, what string, got, want []string) {
	t.Helper()
	set := func(list []string) []string {
		m := map[string]bool{}
		for _, s := range list {
			m[s] = true
		}
		return slices.Sorted(maps.Keys(m))
	}
	if g, w := set(got), set(want); !slices.Equal(g, w) {
		t.Errorf("%s: got\n%q\nwant\n%q", what, g, w)
	}
}
