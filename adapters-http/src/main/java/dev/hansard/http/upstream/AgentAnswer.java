// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.upstream;

import dev.hansard.http.wire.AgentProtocol;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.ResponseHead;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What an agent says itself, in the place of a target. A target cannot say it: agents pass on no field of that name. It
 * becomes an answer of the gateway's own, so that callers and records have one word for what happened on either side.
 */
final class AgentAnswer {
    private static final String FIELD = AgentProtocol.REFUSAL.toLowerCase(Locale.ROOT);
    private static final String LEAVING = AgentProtocol.LEAVING_FIELD.toLowerCase(Locale.ROOT);
    private static final String CODE = "[a-z][a-z0-9_]{0,63}";
    private static final String SECONDS = "[0-9]{1,6}";

    private AgentAnswer() {}

    /** Whether the agent says that it leaves, ahead of the response to a request that it still serves. */
    static boolean isLeaving(ResponseHead head) {
        return head.status() == AgentProtocol.LEAVING && head.fields().first(LEAVING) != null;
    }

    /** Null when the response is the target's. */
    static @Nullable UpstreamException refusal(ResponseHead head) {
        String said = head.fields().first(FIELD);
        if (said == null) {
            return null;
        }
        int blank = said.indexOf(' ');
        String code = blank < 0 ? said : said.substring(0, blank);
        String detail = blank < 0 ? "" : said.substring(blank + 1);
        if (!code.matches(CODE) || detail.isEmpty() || detail.length() > AgentProtocol.REFUSAL_BYTES) {
            return new UpstreamException(
                    502, "agent_invalid", "The agent's answer cannot be read; is it of this release?");
        }
        String retryAfter = head.fields().first("retry-after");
        List<Field> fields = retryAfter != null && retryAfter.matches(SECONDS)
                ? List.of(new Field("Retry-After", retryAfter))
                : List.of();
        // An agent refuses or fails; anything else would be an answer that nobody gave.
        int status = head.status() >= 400 ? head.status() : 502;
        return UpstreamException.of(new Refusal(status, code, detail, fields));
    }
}
