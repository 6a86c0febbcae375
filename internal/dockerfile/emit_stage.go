package dockerfile

// stage writes FROM and the steps.
func (e *emitter) stage(s Stage) {
	blocks := make([]block, 1+len(s.Steps))
	blocks[0] = fromBlock(s)
	for i, step := range s.Steps {
		blocks[1+i] = newBlock(step)
	}
	e.blocks(s, blocks)
}

// blocks writes a stage whose FROM and steps are rendered already.
func (e *emitter) blocks(s Stage, blocks []block) {
	from, blocks := blocks[0], blocks[1:]
	for _, r := range from.comments {
		e.line(Line{Origin: s.Origin, Field: r.field}, r.text)
	}
	for _, r := range from.lines {
		e.line(Line{Origin: s.Origin, Field: r.field, Keyword: "FROM"}, r.text)
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
