// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.policy;

import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.exchange.RequestBody;
import dev.hansard.ports.policy.Action;
import dev.hansard.ports.policy.BodyReader;
import dev.hansard.ports.policy.Decision;
import dev.hansard.ports.policy.PolicyRequest;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a set of policies says of one request. */
public sealed interface Judgement {
    /**
     * It is known.
     *
     * @param action the strictest that applies
     * @param decision as it goes on record; of a request that needs an approval it says denied, until there is one
     * @param refusal what the caller is told; null when the request is not denied
     * @param failed names of the policies that could not be decided on
     * @param asking those that want people to approve the request, when that decides
     */
    record Made(Action action, Decision decision, @Nullable Refusal refusal, List<String> failed, List<Policy> asking)
            implements Judgement {
        public Made {
            failed = List.copyOf(failed);
            asking = List.copyOf(asking);
        }
    }

    /** It depends on the content. */
    final class Open implements Judgement {
        private final PolicySet policies;
        private final PolicyRequest request;
        private final Findings soFar;
        private final List<Policy> left;

        Open(PolicySet policies, PolicyRequest request, Findings soFar, List<Policy> left) {
            this.policies = policies;
            this.request = request;
            this.soFar = soFar;
            this.left = List.copyOf(left);
        }

        /** Judges by the content; null when the request has none. Once only. */
        public Made with(@Nullable RequestBody body) {
            BodyReader.Reading reading =
                    body == null ? BodyReader.Absent.ABSENT : policies.reader().read(request, body);
            for (Policy policy : left) {
                soFar.ask(policy, request, reading);
            }
            return policies.made(soFar);
        }
    }
}
