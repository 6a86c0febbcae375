package cuediag

import (
	"cuelang.org/go/cue"
	"cuelang.org/go/cue/ast"
	"cuelang.org/go/cue/token"
)

// referent is the value that a reference, selector or index leads to.
func referent(v cue.Value, args []cue.Value) cue.Value {
	if root, path := v.ReferencePath(); path.Err() == nil && len(path.Selectors()) > 0 {
		return root.LookupPath(path)
	}
	if len(args) != 2 {
		return cue.Value{}
	}
	if i, err := args[1].Int64(); err == nil && i >= 0 {
		return args[0].LookupPath(cue.MakePath(cue.Index(i)))
	}
	if name, err := args[1].String(); err == nil {
		return args[0].LookupPath(cue.MakePath(cue.Str(name)))
	}
	return cue.Value{}
}

// isChoice tells whether a value is chosen from a list or struct that stands in
// the expression itself: [if x {"a"}, "b"][0].
func isChoice(v cue.Value) bool {
	index, ok := expression(v).(*ast.IndexExpr)
	if !ok {
		return false
	}
	switch index.X.(type) {
	case *ast.ListLit, *ast.StructLit:
		return true
	}
	return false
}

// expression is the syntax of a value: not the field around it, nor the braces
// around the element of a comprehension.
func expression(v cue.Value) ast.Node {
	node := v.Source()
	if field, ok := node.(*ast.Field); ok {
		node = field.Value
	}
	for {
		braces, ok := node.(*ast.StructLit)
		if !ok || len(braces.Elts) != 1 {
			return node
		}
		embedded, ok := braces.Elts[0].(*ast.EmbedDecl)
		if !ok {
			return node
		}
		node = embedded.Expr
	}
}

func expressionPos(v cue.Value) token.Pos {
	if node := expression(v); node != nil && node.Pos().IsValid() {
		return node.Pos()
	}
	return v.Pos()
}
