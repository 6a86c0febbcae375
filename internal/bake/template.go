package bake

import (
	"strconv"
	"strings"
)

// literal is text in which bake is to see no template. In JSON, bake reads every
// string as one: ${...} is a value, %{...} a directive.
func literal(text string) string {
	if !strings.Contains(text, "{") {
		return text // as nearly all are
	}
	return escapedTemplate.Replace(text)
}

// Replacers, like regular expressions, take longer to make than to use.
var (
	escapedTemplate = strings.NewReplacer("${", "$${", "%{", "%%{")
	escapedString   = strings.NewReplacer(`\`, `\\`, `"`, `\"`, "\n", `\n`, "\r", `\r`, "\t", `\t`)
)

// value is what a variable holds.
func value(name string) string { return "${" + name + "}" }

// quoted is a template as a string within an expression. What is an expression
// in it stays as it is.
func quoted(template string) string {
	var out strings.Builder
	out.WriteByte('"')
	for rest := template; rest != ""; {
		start := expression(rest)
		out.WriteString(escapedString.Replace(rest[:start]))
		end := start + strings.IndexByte(rest[start:], '}') + 1
		out.WriteString(rest[start:end])
		rest = rest[end:]
	}
	out.WriteByte('"')
	return out.String()
}

// expression is where the first ${ is that is no text, or the end.
func expression(template string) int {
	for i := range template {
		if strings.HasPrefix(template[i:], "${") && !strings.HasSuffix(template[:i], "$") {
			return i
		}
	}
	return len(template)
}

// ifGiven is a template that is the empty string, which bake leaves out, unless
// all of some variables are given.
func ifGiven(names []string, template string) string {
	return "${" + each(names, ` == ""`, " || ") + ` ? "" : ` + quoted(template) + "}"
}

// unlessGiven is the opposite, for variables that are null if they are not given.
func unlessGiven(names []string, template string) string {
	return "${" + each(names, " == null", " && ") + " ? " + quoted(template) + ` : ""}`
}

// listIfGiven is a list that is empty unless all of some variables are given.
func listIfGiven(names, templates []string) string {
	items := make([]string, len(templates))
	for i, t := range templates {
		items[i] = quoted(t)
	}
	return "${" + each(names, ` == ""`, " || ") + " ? [] : [" + strings.Join(items, ", ") + "]}"
}

// each is a condition on several variables.
func each(names []string, condition, between string) string {
	return strings.Join(names, condition+between) + condition
}

// otherwise is the value of a variable, or a default if it is not given.
func otherwise(name, byDefault string) string {
	return "${" + name + ` == "" ? ` + quoted(literal(byDefault)) + " : " + name + "}"
}

// csv is a field of a comma-separated list, as in the options of caches.
func csv(field string) string {
	if strings.ContainsAny(field, `,"`) {
		return strconv.Quote(field)
	}
	return field
}
