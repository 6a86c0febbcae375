package diag

// A Code names a kind of finding. Codes are part of the interface: scripts
// match them, so they are never renamed.
type Code string

// The findings about files, CUE and the shape of a stack.
const (
	// CodeInternal is a failure of Stagecue itself.
	CodeInternal Code = "internal"
	// CodeIO is a file or directory that cannot be read or written.
	CodeIO Code = "io"
	// CodeNoModule is a directory that lies in no CUE module.
	CodeNoModule Code = "no-module"
	// CodeNoStacks is a module without packages under stages/.
	CodeNoStacks Code = "no-stacks"
	// CodeUnknownStack is a stack on the command line that does not exist.
	CodeUnknownStack Code = "unknown-stack"
	// CodeSchemaMismatch is a schema on disk that is not the tool's own.
	CodeSchemaMismatch Code = "schema-mismatch"
	// CodeSyntax is CUE that does not parse.
	CodeSyntax Code = "cue-syntax"
	// CodeTooDeep is a file that nests structs, lists or the like too deep.
	CodeTooDeep Code = "too-deep"
	// CodeMissingDependency is a CUE module that CUE's module cache lacks.
	CodeMissingDependency Code = "missing-dependency"
	// CodeDataSyntax is an embedded data file that does not parse.
	CodeDataSyntax Code = "data-syntax"
	// CodeEmbed is an @embed attribute that leads to no data.
	CodeEmbed Code = "embed"
	// CodeLoad is CUE that cannot be loaded: imports, package clauses.
	CodeLoad Code = "cue-load"
	// CodeUnknownField is a field that the schema does not have.
	CodeUnknownField Code = "unknown-field"
	// CodeUntypedField is a top-level field without its type of the schema.
	CodeUntypedField Code = "untyped-field"
	// CodeMissingField is a required field that is not there.
	CodeMissingField Code = "missing-field"
	// CodeInvalidValue is a value that the schema does not allow.
	CodeInvalidValue Code = "invalid-value"
	// CodeConflict is a field with two values that contradict each other.
	CodeConflict Code = "conflicting-values"
	// CodeIncomplete is a value that is not concrete when it must be.
	CodeIncomplete Code = "incomplete-value"
	// CodeUnknownReference is a reference to nothing.
	CodeUnknownReference Code = "unknown-reference"
	// CodeEvaluation is any other error of CUE's.
	CodeEvaluation Code = "cue-evaluation"
)

// The findings about the support matrix.
const (
	// CodeEmptyAxis is an axis without a value, or a matrix without an axis.
	CodeEmptyAxis Code = "empty-axis"
	// CodeUnevenFacts is an axis whose values carry different facts.
	CodeUnevenFacts Code = "uneven-facts"
	// CodeUnknownAxis is an axis that does not exist.
	CodeUnknownAxis Code = "unknown-axis"
	// CodeUnknownValue is a value that an axis does not have.
	CodeUnknownValue Code = "unknown-value"
	// CodeUnknownFact is a fact that the values of an axis do not carry.
	CodeUnknownFact Code = "unknown-fact"
	// CodeRuleForm is a rule that is neither forbid nor require.
	CodeRuleForm Code = "rule-form"
	// CodeNoVariant is a matrix of which every combination is rejected.
	CodeNoVariant Code = "no-variant"
	// CodeMatrixTooLarge is a matrix with more variants than can be compiled.
	CodeMatrixTooLarge Code = "matrix-too-large"
	// CodeBrokenGuarantee is a guaranteed combination that a rule rejects.
	CodeBrokenGuarantee Code = "broken-guarantee"
	// CodeUnsupported is a selection that rules reject.
	CodeUnsupported Code = "unsupported"
	// CodeAmbiguousSelection is a selection that fits several variants.
	CodeAmbiguousSelection Code = "ambiguous-selection"
	// CodeUnusedRule is a rule that never applies or rejects nothing.
	CodeUnusedRule Code = "unused-rule"
	// CodeUnusedValue is an axis value that is in no variant.
	CodeUnusedValue Code = "unused-value"
)

// The findings about stages and Dockerfiles.
const (
	// CodeStageName is a stage whose name is not allowed.
	CodeStageName Code = "stage-name"
	// CodeConditionalStage is a stage whose key stands in an `if` or `for`.
	CodeConditionalStage Code = "conditional-stage"
	// CodeUnknownStage is a reference to no stage, image or context.
	CodeUnknownStage Code = "unknown-stage"
	// CodeUntaggedImage is an image reference without a tag or digest.
	CodeUntaggedImage Code = "untagged-image"
	// CodeStageCycle is a stage that is built from itself.
	CodeStageCycle Code = "stage-cycle"
	// CodeUnusedStage is a stage that no variant reaches.
	CodeUnusedStage Code = "unused-stage"
	// CodePlatform is a platform that cannot be used where it stands.
	CodePlatform Code = "platform"
	// CodeNotExported is a copy of a path that the stage does not export.
	CodeNotExported Code = "not-exported"
	// CodeStepVerb is a step with no verb or several.
	CodeStepVerb Code = "step-verb"
	// CodeStepModifier is a field that does not go with the step's verb.
	CodeStepModifier Code = "step-modifier"
	// CodeInstruction is an instruction that Docker would refuse.
	CodeInstruction Code = "instruction"
	// CodeUndeclaredArg is a $NAME that nothing sets.
	CodeUndeclaredArg Code = "undeclared-arg"
	// CodeUnusedArg is a declared build argument that nothing uses.
	CodeUnusedArg Code = "unused-arg"
	// CodeUnusedContext is a declared named context that nothing uses.
	CodeUnusedContext Code = "unused-context"
	// CodeUnknownTarget is a target that is no stage, or a default that is no target.
	CodeUnknownTarget Code = "unknown-target"
	// CodeDuplicatePath is an output path of two variants.
	CodeDuplicatePath Code = "duplicate-path"
	// CodeOutputPath is an output path that some file system would not take.
	CodeOutputPath Code = "output-path"
	// CodeMissingSource is a file to copy or mount that is not in the build context.
	CodeMissingSource Code = "missing-source"
	// CodeSyntaxVersion is a `syntax` that is older than an instruction needs.
	CodeSyntaxVersion Code = "syntax-version"
)

// The findings about images: their tags, and what they are built from.
const (
	// CodeUnknownInput is a ${NAME} in a tag that is no input.
	CodeUnknownInput Code = "unknown-input"
	// CodeUnusedInput is a declared input that no tag uses.
	CodeUnusedInput Code = "unused-input"
	// CodeUnknownTag is a promotion from a tag that the target does not have.
	CodeUnknownTag Code = "unknown-tag"
	// CodeDuplicateTag is a tag of two images.
	CodeDuplicateTag Code = "duplicate-tag"
	// CodeMissingParent is an image to build from that no variant publishes.
	CodeMissingParent Code = "missing-parent"
	// CodeAmbiguousParent is an image to build from that several variants publish.
	CodeAmbiguousParent Code = "ambiguous-parent"
	// CodeParentCycle is an image that is built from itself.
	CodeParentCycle Code = "parent-cycle"
	// CodeParentPlatform is an image for a platform that its parent is not for.
	CodeParentPlatform Code = "parent-platform"
	// CodeBakeName is a name of two things in a file for bake.
	CodeBakeName Code = "bake-name"
)

// The findings about instructions that BuildKit would take.
const (
	// CodeRunInScratch is a command where there is no file at all.
	CodeRunInScratch Code = "run-in-scratch"
	// CodeCopyDestination is a copy of several files onto one.
	CodeCopyDestination Code = "copy-destination"
	// CodeSecretInImage is a secret that the image or its history holds.
	CodeSecretInImage Code = "secret-in-image"
	// CodePredefinedArg is a declared build argument that BuildKit has a meaning for.
	CodePredefinedArg Code = "predefined-arg"
	// CodeCacheConflict is a cache that is mounted in two ways.
	CodeCacheConflict Code = "cache-conflict"
	// CodeTooManyLayers is a target with more layers than Docker takes.
	CodeTooManyLayers Code = "too-many-layers"
	// CodeEarlyCopy is a copy before packages that do not need it.
	CodeEarlyCopy Code = "early-copy"
	// CodeUnpinnedImage is an image by the tag latest.
	CodeUnpinnedImage Code = "unpinned-image"
)

// The findings about policies.
const (
	// CodePolicy is a target, stage or step that violates a policy.
	CodePolicy Code = "policy"
	// CodePolicyForm is a policy that is not about one of target, stage and step.
	CodePolicyForm Code = "policy-form"
	// CodeUnusedPolicy is a policy that applies to nothing in any variant.
	CodeUnusedPolicy Code = "unused-policy"
)

// The findings about generated/.
const (
	// CodeDrift is a generated file that is not what the CUE compiles to.
	CodeDrift Code = "drift"
	// CodeUnknownFile is a path below generated/ that nothing compiles to.
	CodeUnknownFile Code = "unknown-file"
	// CodeUnknownLine is a line that a generated file does not have.
	CodeUnknownLine Code = "unknown-line"
	// CodeForeignFile is a file in generated/ that Stagecue did not write.
	CodeForeignFile Code = "foreign-file"
	// CodeFileInTheWay is a foreign file at a path that is to be written.
	CodeFileInTheWay Code = "file-in-the-way"
	// CodeSymlink is a symbolic link on the way to a generated file.
	CodeSymlink Code = "symlink"
)

// The findings about the history of the module.
const (
	// CodeNoGit is a machine without the git command.
	CodeNoGit Code = "no-git"
	// CodeNoRepository is a module that lies in no git repository.
	CodeNoRepository Code = "no-repository"
	// CodeUnknownRevision is a revision that git does not know.
	CodeUnknownRevision Code = "unknown-revision"
	// CodeShallowClone is a clone without the history that is needed.
	CodeShallowClone Code = "shallow-clone"
	// CodeNoMergeBase is two commits without one that both have grown from.
	CodeNoMergeBase Code = "no-merge-base"
	// CodeNoIndex is a revision whose generated/ holds no index of a stack.
	CodeNoIndex Code = "no-index"
	// CodeUnseenContext is a build context in which no change can be seen.
	CodeUnseenContext Code = "unseen-context"
	// CodeUnknownIndex is an index that this version of Stagecue cannot read.
	CodeUnknownIndex Code = "unknown-index"
)
