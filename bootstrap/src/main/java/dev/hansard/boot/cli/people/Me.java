// SPDX-License-Identifier: Apache-2.0
package dev.hansard.boot.cli.people;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hansard.boot.text.Json;
import dev.hansard.boot.text.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** Who one is on a node, as lines for people. */
final class Me {
    static final String PATH = "/api/v1/me";

    private static final List<Table.Column> ROLES = List.of(
            new Table.Column("ROLE", false, false, 0),
            new Table.Column("BECAUSE", false, false, 0),
            new Table.Column("SERVICES", false, true, 0));

    private static final List<Table.Column> PERMISSIONS =
            List.of(new Table.Column("PERMISSION", false, false, 0), new Table.Column("SERVICES", false, true, 0));

    private Me() {}

    /** Provider and subject. */
    static String name(JsonNode me) {
        return Json.text(me, "provider") + "/" + Json.text(me, "subject");
    }

    static List<String> lines(JsonNode me, int columns) {
        var lines = new ArrayList<String>();
        lines.add(name(me));
        String groups = texts(me.path("groups"));
        lines.add("groups: " + (groups.isEmpty() ? "none" : groups));
        lines.add("");
        var roles = new Table(ROLES, columns);
        me.path("roles")
                .forEach(role ->
                        roles.add(List.of(Json.text(role, "role"), Json.text(role, "because"), services(role))));
        lines.addAll(roles.lines());
        lines.add("");
        var permissions = new Table(PERMISSIONS, columns);
        me.path("permissions")
                .forEach(permission ->
                        permissions.add(List.of(Json.text(permission, "permission"), services(permission))));
        lines.addAll(permissions.lines());
        return lines;
    }

    private static String services(JsonNode scoped) {
        return scoped.has("services") ? texts(scoped.path("services")) : "all";
    }

    private static String texts(JsonNode list) {
        return StreamSupport.stream(list.spliterator(), false).map(Json::text).collect(Collectors.joining(", "));
    }
}
