// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.policy;

import dev.cel.common.CelAbstractSyntaxTree;
import dev.cel.common.CelIssue;
import dev.cel.common.CelOptions;
import dev.cel.common.CelValidationException;
import dev.cel.common.CelValidationResult;
import dev.cel.common.ast.CelReference;
import dev.cel.common.types.SimpleType;
import dev.cel.compiler.CelCompilerBuilder;
import dev.cel.compiler.CelCompilerFactory;
import dev.cel.parser.CelStandardMacro;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.cel.runtime.CelRuntimeFactory;
import dev.hansard.ports.policy.ExpressionCompiler;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Compiles CEL, the Common Expression Language that Kubernetes and Envoy use, by Google's implementation. Names and
 * types are checked here, so that a mistyped name is an error of the configuration and not of a request. What an
 * expression may cost is bounded: its length, how deep it nests, and how often its comprehensions go round; regular
 * expressions are RE2's.
 */
public final class CelCompiler implements ExpressionCompiler {
    /** How deep an expression may nest. */
    static final int MOST_DEPTH = 50;

    /** How often all comprehensions of one evaluation may go round together. */
    static final int MOST_ROUNDS = 10_000;

    private static final int MOST_REGEX_PROGRAM = 20_000;

    private static final CelOptions OPTIONS = CelOptions.current()
            .maxExpressionCodePointSize(LONGEST)
            .maxParseRecursionDepth(MOST_DEPTH)
            .comprehensionMaxIterations(MOST_ROUNDS)
            .maxRegexProgramSize(MOST_REGEX_PROGRAM)
            .enableHeterogeneousNumericComparisons(true)
            .build();

    private CelCompiler() {}

    public static CelCompiler create() {
        return new CelCompiler();
    }

    @Override
    public Compilation compile(String text) {
        if (text.isBlank() || text.length() > LONGEST) {
            return new Rejected(1, 1, "an expression must have 1 to " + LONGEST + " characters");
        }
        CelValidationResult result = Environment.COMPILER.compile(text);
        if (result.hasError()) {
            List<CelIssue> errors = result.getErrors();
            return rejected(errors.getFirst());
        }
        try {
            CelAbstractSyntaxTree tree = result.getAst();
            Map<Long, CelReference> references = tree.getReferenceMap();
            Set<String> named =
                    references.values().stream().map(CelReference::name).collect(Collectors.toSet());
            return new Compiled(new CelExpression(
                    text,
                    Environment.RUNTIME.createProgram(tree),
                    Environment.VARIABLES,
                    named.contains(CelVariable.JSON.text())));
        } catch (CelValidationException | CelEvaluationException e) {
            return new Rejected(1, 1, String.valueOf(e.getMessage()));
        }
    }

    private static Rejected rejected(CelIssue issue) {
        String problem = issue.getMessage().replace(" (in container '')", "");
        String hint = problem.startsWith("undeclared reference")
                ? "; the names are "
                        + Environment.VARIABLES.keySet().stream().sorted().collect(Collectors.joining(", "))
                : "";
        // Its columns begin with 0.
        return new Rejected(
                Math.max(1, issue.getSourceLocation().getLine()),
                issue.getSourceLocation().getColumn() + 1,
                problem + hint);
    }

    /** Takes some hundred milliseconds to make, which only those pay who write an expression. */
    private static final class Environment {
        static final Map<String, CelVariable> VARIABLES = Arrays.stream(CelVariable.values())
                .collect(Collectors.toUnmodifiableMap(CelVariable::text, Function.identity()));
        static final dev.cel.compiler.CelCompiler COMPILER = compiler();
        static final CelRuntime RUNTIME =
                CelRuntimeFactory.legacyCelRuntimeBuilder().setOptions(OPTIONS).build();

        private Environment() {}

        private static dev.cel.compiler.CelCompiler compiler() {
            CelCompilerBuilder builder = CelCompilerFactory.standardCelCompilerBuilder()
                    .setOptions(OPTIONS)
                    .setStandardMacros(CelStandardMacro.STANDARD_MACROS)
                    .setResultType(SimpleType.BOOL);
            VARIABLES.forEach((name, variable) -> builder.addVar(name, variable.type()));
            return builder.build();
        }
    }
}
