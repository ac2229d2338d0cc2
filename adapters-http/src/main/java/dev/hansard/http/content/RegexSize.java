// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.content;

import java.util.ArrayDeque;

/**
 * About how many instructions a regular expression compiles to: one for each item, as often as the repetitions around
 * it say. It need not be right about what does not compile. Belongs to one thread.
 */
final class RegexSize {
    private final String regex;
    private int at;
    /** Items of the open groups, each up to the group that is open in it. */
    private final ArrayDeque<Long> outer = new ArrayDeque<>();

    private long group;
    private long last;

    private RegexSize(String regex) {
        this.regex = regex;
    }

    static long of(String regex) {
        return new RegexSize(regex).count();
    }

    private long count() {
        while (at < regex.length()) {
            char c = regex.charAt(at++);
            switch (c) {
                case '(' -> open();
                case ')' -> close();
                case '{' -> repeat();
                case '[' -> skipClass();
                case '\\' -> skipEscape();
                default -> item(1);
            }
        }
        while (!outer.isEmpty()) {
            close();
        }
        return group + last;
    }

    private void item(long size) {
        group = Math.min(Integer.MAX_VALUE, group + last);
        last = size;
    }

    private void open() {
        item(0);
        outer.push(group);
        group = 0;
    }

    private void close() {
        long size = Math.min(Integer.MAX_VALUE, group + last) + 2;
        group = outer.isEmpty() ? 0 : outer.pop();
        last = size;
    }

    /** {@code {n}}, {@code {n,}} or {@code {n,m}}: the last item counts as often as the greater number says. */
    private void repeat() {
        int end = regex.indexOf('}', at);
        long times = 0;
        long number = 0;
        for (int i = at; i < end; i++) {
            char c = regex.charAt(i);
            if (c == ',') {
                number = 0;
            } else if (c >= '0' && c <= '9') {
                number = Math.min(Integer.MAX_VALUE, number * 10 + c - '0');
                times = Math.max(times, number);
            } else {
                item(1);
                return;
            }
        }
        if (end < 0) {
            item(1);
            return;
        }
        last = Math.min(Integer.MAX_VALUE, last * Math.max(1, times));
        at = end + 1;
    }

    private void skipClass() {
        // A ] that comes first stands for itself.
        at += at < regex.length() && regex.charAt(at) == '^' ? 2 : 1;
        while (at < regex.length() && regex.charAt(at) != ']') {
            at += regex.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        item(1);
    }

    private void skipEscape() {
        if (regex.startsWith("Q", at)) {
            int end = regex.indexOf("\\E", at);
            at = end < 0 ? regex.length() : end + 2;
        } else {
            at++;
        }
        item(1);
    }
}
