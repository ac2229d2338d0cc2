// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import java.util.List;
import java.util.stream.Stream;

/** The battery of responses: hostile, unusual and legal upstreams (THREATS 10, 29, 30, 4.2). */
public final class ResponseCases {
    private ResponseCases() {}

    public static List<ResponseCase> all() {
        return Stream.of(ResponseHeadCases.all(), ResponseContentCases.all())
                .flatMap(List::stream)
                .toList();
    }
}
