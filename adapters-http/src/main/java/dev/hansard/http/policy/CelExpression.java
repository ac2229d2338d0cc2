// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.policy;

import dev.cel.common.CelErrorCode;
import dev.cel.runtime.CelEvaluationException;
import dev.cel.runtime.CelRuntime;
import dev.hansard.ports.policy.BodyReader;
import dev.hansard.ports.policy.Expression;
import dev.hansard.ports.policy.PolicyRequest;
import java.util.Map;
import java.util.Optional;

/** A compiled CEL expression. */
final class CelExpression implements Expression {
    private final String text;
    private final CelRuntime.Program program;
    private final Map<String, CelVariable> variables;
    private final boolean needsBody;

    CelExpression(String text, CelRuntime.Program program, Map<String, CelVariable> variables, boolean needsBody) {
        this.text = text;
        this.program = program;
        this.variables = Map.copyOf(variables);
        this.needsBody = needsBody;
    }

    @Override
    public String text() {
        return text;
    }

    @Override
    public boolean needsBody() {
        return needsBody;
    }

    @Override
    public Answer ask(PolicyRequest request, BodyReader.Reading body) {
        try {
            Object answer = program.eval(
                    name -> Optional.ofNullable(variables.get(name)).map(variable -> variable.of(request, body)));
            return switch (answer) {
                case Boolean yes -> yes ? Told.YES : Told.NO;
                // A value that the runtime does not know leaves the question open.
                default -> new Unknown("its expression has no answer");
            };
        } catch (UnreadableException e) {
            return new Unknown(e.reason());
        } catch (CelEvaluationException e) {
            return new Unknown(reason(e));
        }
    }

    /** The runtime's own message may quote values of the request. */
    private static String reason(CelEvaluationException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnreadableException unreadable) {
                return unreadable.reason();
            }
        }
        CelErrorCode code = failure.getErrorCode();
        return switch (code) {
            case ATTRIBUTE_NOT_FOUND -> "its expression asks for something that the request does not have";
            case OVERLOAD_NOT_FOUND -> "its expression meets a value of another type";
            case DIVIDE_BY_ZERO -> "its expression divides by zero";
            case NUMERIC_OVERFLOW -> "its expression reckons with a number that is too large";
            case INDEX_OUT_OF_BOUNDS -> "its expression asks for an item past the end of a list";
            case ITERATION_BUDGET_EXCEEDED -> "its expression takes too many steps";
            default -> "its expression failed";
        };
    }
}
