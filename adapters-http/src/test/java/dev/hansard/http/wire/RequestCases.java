// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import java.util.List;
import java.util.stream.Stream;

/** The battery of requests: malformed, ambiguous and legal (THREATS 8-13, 27, 29, 4.1, 4.4). */
public final class RequestCases {
    private RequestCases() {}

    public static List<RequestCase> all() {
        return Stream.of(
                        RequestLineCases.all(),
                        FieldCases.all(),
                        HostCases.all(),
                        FramingCases.all(),
                        ChunkCases.all(),
                        ConnectionCases.all(),
                        CoreCases.all())
                .flatMap(List::stream)
                .toList();
    }
}
