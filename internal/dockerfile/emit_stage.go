package dockerfile

// stage writes FROM and the steps.
func (e *emitter) stage(s Stage) {
	if len(s.Check) > 0 {
		e.line(Line{Origin: s.Origin, Field: "check"}, checkComment(s.Check))
	}
	if s.Description != "" {
		// Last, since BuildKit looks for the name in the comment just above.
		e.line(Line{Origin: s.Origin, Field: "description"}, docComment(s.Name, s.Description))
	}
	from := "FROM "
	if s.Platform != "" {
		from += flag("platform", s.Platform) + " "
	}
	e.line(Line{Origin: s.Origin, Field: "from", Keyword: "FROM"}, from+s.From+" AS "+s.Name)

	blocks := make([]block, len(s.Steps))
	for i, step := range s.Steps {
		blocks[i] = newBlock(step)
	}
	for i, b := range blocks {
		if i > 0 && separate(blocks[i-1], b, blocks[i+1:]) || i == 0 && (b.wide() || b.leads(blocks[1:])) {
			e.blank()
		}
		e.step(b, s.Steps[i:])
	}
}

// step writes the first of steps.
func (e *emitter) step(b block, steps []Step) {
	step := steps[0]
	for _, r := range b.comments {
		line := Line{Origin: step.Origin, Field: r.field, Text: r.n}
		if r.field == "description" && step.Described != (Origin{}) {
			line.Origin = step.Described
		}
		e.line(line, r.text)
	}
	for _, r := range b.lines {
		line := Line{Origin: step.Origin, Field: r.field, Text: r.n, Keyword: step.Instruction.Keyword()}
		if use, ok := step.Instruction.(ArgUse); ok {
			line.Field, line.Text = nextUse(use.Name, steps[1:])
			if e.args[use.Name] {
				line.Arg = use.Name
			}
		}
		e.line(line, r.text)
	}
}
