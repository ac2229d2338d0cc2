// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.exchange;

import dev.hansard.ports.exchange.HeadPlan;
import dev.hansard.ports.exchange.Refusal;

/** What becomes of a request's fields. */
public sealed interface RequestPlan {
    /**
     * It goes on with the kept fields and those that {@link #added} names.
     *
     * @param takesTrailers whether the caller asked for the trailers of the response
     * @param maxForwards how much further an OPTIONS request may go; -1 when it does not say
     */
    record Forward(
            KeptFields kept,
            TraceContext trace,
            boolean takesTrailers,
            int maxForwards,
            String callerAddress,
            boolean secure,
            String askedAuthority)
            implements RequestPlan {
        /** The same in the trace that was begun for it before, unless it came with one. */
        Forward resumed(String traceparent) {
            TraceContext begun = trace.received() ? null : TraceContext.parse(traceparent);
            return begun == null
                    ? this
                    : new Forward(
                            kept,
                            new TraceContext(begun.traceId(), traceparent, false),
                            takesTrailers,
                            maxForwards,
                            callerAddress,
                            secure,
                            askedAuthority);
        }

        /**
         * Hands over the added fields, in order.
         *
         * @param host what the upstream gets as Host
         */
        public void added(String host, HeadPlan.FieldSink sink) {
            sink.field("Host", host);
            if (takesTrailers) {
                sink.field("Connection", "TE");
                sink.field("TE", "trailers");
            }
            if (maxForwards >= 0) {
                sink.field("Max-Forwards", Integer.toString(maxForwards));
            }
            sink.field("X-Forwarded-For", callerAddress);
            sink.field("X-Forwarded-Host", askedAuthority);
            sink.field("X-Forwarded-Proto", secure ? "https" : "http");
            sink.field(FieldRules.VIA.name(), FieldRules.VIA.value());
            if (!trace.received()) {
                sink.field("traceparent", trace.traceparent());
            }
        }
    }

    /** Hansard answers it. */
    record Answer(Refusal refusal) implements RequestPlan {}
}
