package depend

import (
	"crypto/sha256"
	"maps"
	"reflect"
	"slices"
	"strconv"

	"cuelang.org/go/cue/ast"
)

// A Content identifies what CUE is given to evaluate: it is the same only where
// that is, in whichever process.
type Content = [sha256.Size]byte

// AppendContent appends to some bytes what syntax says: they are the same only
// for syntax that evaluates to the same. Comments and positions say nothing.
func AppendContent(out []byte, node ast.Node) []byte {
	ast.Walk(node, func(n ast.Node) bool {
		if _, ok := n.(*ast.CommentGroup); ok {
			return false
		}
		out = append(out, reflect.TypeOf(n).Elem().Name()...)
		out = appendText(append(out, '('), ownText(n))
		return true
	}, func(ast.Node) { out = append(out, ')') })
	return out
}

// ownText is what a node says besides the nodes in it, and which of those that
// may be missing are there, where their types do not tell.
func ownText(n ast.Node) string {
	switch n := n.(type) {
	case *ast.Ident:
		return n.Name
	case *ast.BasicLit:
		return n.Kind.String() + n.Value
	case *ast.Attribute:
		return n.Text
	case *ast.Field:
		return n.Constraint.String()
	case *ast.UnaryExpr:
		return n.Op.String()
	case *ast.BinaryExpr:
		return n.Op.String()
	case *ast.PostfixExpr:
		return n.Op.String()
	case *ast.SliceExpr:
		return present(n.Low != nil) + present(n.High != nil)
	case *ast.ForClause:
		return present(n.Key != nil)
	case *ast.PostfixAlias:
		return present(n.Label != nil)
	case *ast.File:
		return n.LanguageVersion
	}
	return ""
}

func present(is bool) string {
	if is {
		return "+"
	}
	return "-"
}

// appendText appends text of which the end can be told.
func appendText(out []byte, text string) []byte {
	out = append(strconv.AppendInt(out, int64(len(text)), 10), ' ')
	return append(out, text...)
}

// AppendDemand appends what a part may demand of a library: what is taken of
// that follows from it.
func (p Part) AppendDemand(out []byte) []byte {
	for _, names := range []map[string]bool{p.schema, p.names} {
		out = strconv.AppendInt(out, int64(len(names)), 10)
		for _, name := range slices.Sorted(maps.Keys(names)) {
			out = appendText(append(out, ' '), name)
		}
	}
	for _, a := range p.computed {
		out = appendText(appendText(append(out, '~'), a.prefix), a.suffix)
	}
	return out
}
