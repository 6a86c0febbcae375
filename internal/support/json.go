package support

import (
	"bufio"
	"encoding/json"
	"io"
	"strings"
)

// combination is one entry of the JSON form.
type combination struct {
	Values map[string]string `json:"values"`
	// Path is where the Dockerfile of a variant is, below generated/.
	Path string `json:"path,omitempty"`
	// Rules are the names of the rules that reject a combination.
	Rules []string `json:"rules,omitempty"`
}

// WriteJSON prints matrices as one JSON document. It is written as it comes,
// one combination a line: a matrix may have a million of them.
//
//	{"version": 1, "stacks": [{"stack", "axes", "rules", "variants", "rejections"}]}
func WriteJSON(w io.Writer, matrices []*Matrix) error {
	b := bufio.NewWriter(w)
	write := func(parts ...any) error {
		for _, part := range parts {
			text, ok := part.(string)
			if !ok {
				var err error
				if text, err = marshal(part); err != nil {
					return err
				}
			}
			if _, err := b.WriteString(text); err != nil {
				return err
			}
		}
		return nil
	}
	if err := write(`{"version": 1, "stacks": [`); err != nil {
		return err
	}
	for i, m := range matrices {
		separator := ""
		if i > 0 {
			separator = ","
		}
		axes, rules := m.Axes, m.Rules
		if axes == nil {
			axes = []Axis{}
		}
		if rules == nil {
			rules = []Rule{}
		}
		if err := write(separator+"\n{\"stack\": ", jsonString(m.Stack), ",\n\"axes\": ", axes, ",\n\"rules\": ", rules, ",\n\"variants\": ["); err != nil {
			return err
		}
		if err := m.writeCombinations(write, false); err != nil {
			return err
		}
		if err := write("],\n\"rejections\": ["); err != nil {
			return err
		}
		if err := m.writeCombinations(write, true); err != nil {
			return err
		}
		if err := write("]}"); err != nil {
			return err
		}
	}
	if err := write("\n]}\n"); err != nil {
		return err
	}
	return b.Flush()
}

// marshal is the JSON of a value on one line, with <, > and & as they are.
func marshal(v any) (string, error) {
	var b strings.Builder
	enc := json.NewEncoder(&b)
	enc.SetEscapeHTML(false)
	err := enc.Encode(v)
	return strings.TrimSuffix(b.String(), "\n"), err
}

// jsonString is a string as a value of its own: write takes bare strings as text.
type jsonString string

func (m *Matrix) writeCombinations(write func(...any) error, rejected bool) error {
	separator := "\n"
	for values, rules := range m.Combinations {
		if (len(rules) > 0) != rejected {
			continue
		}
		c := combination{Values: m.named(values)}
		for _, r := range rules {
			c.Rules = append(c.Rules, m.Rules[r].Name)
		}
		if !rejected && m.Path != nil {
			c.Path = m.Path(values)
		}
		if err := write(separator, c); err != nil {
			return err
		}
		separator = ",\n"
	}
	return nil
}
