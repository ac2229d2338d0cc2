// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.sessions;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.cli.admin.AdminClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The rows of all sessions that a query finds, page by page, newest first. Belongs to one thread. */
public final class SessionPages {
    /** The most rows of a page. */
    public static final int MOST_ROWS = 200;

    private final AdminClient client;
    private final String query;
    private @Nullable String cursor;

    /** @param cursor where an earlier list ended; null to begin with the newest */
    public SessionPages(AdminClient client, String query, @Nullable String cursor) {
        this.client = client;
        this.query = query;
        this.cursor = cursor;
    }

    /** The next rows, so many at most; before the first call, and as long as there {@link #hasMore}. */
    public List<JsonNode> next(int most) {
        String path = "/api/v1/sessions?limit=" + Math.min(MOST_ROWS, most) + "&q=" + encoded(query);
        JsonNode page = client.json(cursor == null ? path : path + "&cursor=" + encoded(cursor));
        List<JsonNode> rows = new ArrayList<>();
        page.path("items").forEach(rows::add);
        cursor = page.path("nextCursor").textValue();
        return rows;
    }

    public boolean hasMore() {
        return cursor != null;
    }

    /** Where the next page begins; null when there is none. */
    public @Nullable String cursor() {
        return cursor;
    }

    static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }
}
