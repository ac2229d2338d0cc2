// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.masking.detect;

import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class EmailsTest {
    static Stream<String> addresses() {
        return Marked.lines("""
                «jane@example.com»
                «jane.doe+orders@mail.example.co.uk»
                write to «jane@example.com».
                <«jane@example.com»>, «joe@example.org»;
                mailto:«jane@example.com»?subject=x
                user=«jane@example.com»&x=1
                "«o'neil@example.com»"
                '«jane@example.com»'
                «jörg@müller.de»
                «jane@xn--mller-kva.xn--p1ai»
                «почта@пример.рф»
                https://joe:«pw@example.com»/path
                «jane_doe%x@a-b.example.museum»
                («a@b.io»)
                «jane@example.com»_old
                «_x@example.com»
                «x_@example.com»...
                git@«jane@example.com»
                (联系)[nbsp]«jane@example.com»[nbsp]ok
                """);
    }

    static Stream<String> others() {
        return Marked.lines("""
                @jane
                jane@
                jane@localhost
                react@18.2.0
                @scope/pkg@1.2.3
                logo@2x.png
                jane.@example.com
                jane@.example.com
                jane@-example.com
                jane@example.c
                jane@example.123
                jane@example..com
                jane @ example.com
                jane@127.0.0.1
                a@b@c
                """);
    }

    @ParameterizedTest
    @MethodSource({"addresses", "others"})
    void findsAddressesAndNothingElse(String line) {
        Marked.check("email", line);
    }
}
