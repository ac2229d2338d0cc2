// SPDX-License-Identifier: Apache-2.0
package dev.hansard.http.wire;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.hansard.ports.exchange.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Properties of the codec over generated messages, legal ones and mutations of the batteries. */
final class CodecPropertiesTest {
    private static final String TOKEN_CHARS = "!#$%&'*+-.^_`|~abcXYZ059";
    private static final Set<String> STEERING =
            Set.of("host", "content-length", "transfer-encoding", "connection", "expect");
    private static final List<RequestCase> REQUESTS = RequestCases.all();
    private static final List<ResponseCase> RESPONSES = ResponseCases.all();
    private static final int LONGEST_MUTATED = 2_000;

    private final Reader reader = new Reader(WireLimits.DEFAULT);
    private final Oracle oracle = new Oracle();

    @Property(tries = 300)
    void readsARequestAsItWasPrinted(
            @ForAll("messages") Reading.Message written,
            @ForAll("tokens") String method,
            @ForAll("targets") String target) {
        Reading.Message message = with(written, List.of(method, target), true);

        byte[] printed = Printer.request(message);

        assertThat(reader.request(printed)).isInstanceOfSatisfying(Reading.Message.class, read -> {
            assertThat(Printer.essence(read)).isEqualTo(Printer.essence(message));
            assertThat(read.length()).isEqualTo(printed.length);
        });
        oracle.holdsForRequest(printed, written.length());
    }

    @Property(tries = 300)
    void readsAResponseAsItWasPrinted(@ForAll("messages") Reading.Message written, @ForAll("texts") String reason) {
        Reading.Message message = with(written, List.of("200", reason), written.framing() != BodyFraming.NONE);
        boolean untilClose = message.framing() == BodyFraming.NONE;

        byte[] printed = Printer.response(message);

        assertThat(reader.response(printed, "GET")).isInstanceOfSatisfying(Reading.Message.class, read -> {
            assertThat(read.framing()).isEqualTo(untilClose ? BodyFraming.UNTIL_CLOSE : message.framing());
            assertThat(read.start()).isEqualTo(message.start());
            assertThat(Printer.essence(read).fields()).isEqualTo(message.fields());
            assertThat(read.content()).isEqualTo(message.content());
            assertThat(read.trailers()).isEqualTo(message.trailers());
        });
        oracle.holdsForResponse(printed, "GET", written.length());
    }

    @Property(tries = 2_000)
    void holdsWhateverIsDoneToARequest(@ForAll("mutatedRequests") byte[] raw, @ForAll int cut) {
        oracle.holdsForRequest(raw, cut);
    }

    @Property(tries = 2_000)
    void holdsWhateverIsDoneToAResponse(@ForAll("mutatedResponses") byte[] raw, @ForAll int cut) {
        oracle.holdsForResponse(raw, cut % 2 == 0 ? "GET" : "HEAD", cut);
    }

    private static Reading.Message with(Reading.Message message, List<String> start, boolean persistent) {
        return new Reading.Message(
                start,
                message.fields(),
                message.framing(),
                message.contentLength(),
                persistent,
                false,
                List.of(),
                message.content(),
                message.trailers(),
                message.length());
    }

    @Provide
    Arbitrary<String> tokens() {
        return Arbitraries.strings().withChars(TOKEN_CHARS).ofMinLength(1).ofMaxLength(20);
    }

    @Provide
    Arbitrary<String> targets() {
        return Arbitraries.strings()
                .withCharRange('!', '~')
                .withCharRange('\u0080', '\u00ff')
                .ofMinLength(1)
                .ofMaxLength(60);
    }

    /** Field values and reasons: anything but controls; blanks only inside, since those around are not part of it. */
    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.strings()
                .withCharRange(' ', '~')
                .withCharRange('\u0080', '\u00ff')
                .withChars('\t')
                .ofMaxLength(40)
                .map(CodecPropertiesTest::trimBlanks);
    }

    private static String trimBlanks(String text) {
        int from = 0;
        int to = text.length();
        while (from < to && Octets.isBlank(text.charAt(from))) {
            from++;
        }
        while (to > from && Octets.isBlank(text.charAt(to - 1))) {
            to--;
        }
        return text.substring(from, to);
    }

    private Arbitrary<List<Field>> fieldLists() {
        Arbitrary<String> names = tokens().filter(name -> !STEERING.contains(name.toLowerCase(Locale.ROOT)));
        return Combinators.combine(names, texts()).as(Field::new).list().ofMaxSize(12);
    }

    /** Messages without a start line; {@code length} is a random number for the cut. */
    @Provide
    Arbitrary<Reading.Message> messages() {
        Arbitrary<String> contents =
                Arbitraries.strings().withCharRange('\0', '\u00ff').ofMaxLength(200);
        Arbitrary<BodyFraming> framings = Arbitraries.of(BodyFraming.NONE, BodyFraming.LENGTH, BodyFraming.CHUNKED);
        return Combinators.combine(fieldLists(), fieldLists(), framings, contents, Arbitraries.integers())
                .as(CodecPropertiesTest::message);
    }

    private static Reading.Message message(
            List<Field> fields, List<Field> trailers, BodyFraming framing, String content, int number) {
        var withHost = new ArrayList<>(fields);
        withHost.add(number % 2 == 0 ? 0 : fields.size(), new Field("Host", "a.test:8080"));
        String kept = framing == BodyFraming.NONE ? "" : content;
        return new Reading.Message(
                List.of(),
                withHost,
                framing,
                framing == BodyFraming.LENGTH ? kept.length() : -1,
                true,
                false,
                List.of(),
                kept,
                framing == BodyFraming.CHUNKED ? trailers : List.of(),
                number);
    }

    @Provide
    Arbitrary<byte[]> mutatedRequests() {
        return mutated(REQUESTS.stream().map(RequestCase::raw).toList());
    }

    @Provide
    Arbitrary<byte[]> mutatedResponses() {
        return mutated(RESPONSES.stream().map(ResponseCase::raw).toList());
    }

    /** A message of the battery with some pieces replaced, at places that may fall anywhere. */
    private static Arbitrary<byte[]> mutated(List<String> messages) {
        List<String> shortOnes =
                messages.stream().filter(raw -> raw.length() < LONGEST_MUTATED).toList();
        Arbitrary<String> pieces = Arbitraries.of(
                "",
                "\r\n",
                "\n",
                "\r",
                " ",
                "\t",
                ":",
                "\0",
                "0",
                "5",
                ";",
                ",",
                "\u0080",
                "0\r\n\r\n",
                "chunked",
                "Content-Length: 5\r\n",
                "Transfer-Encoding: chunked\r\n",
                "Host: b\r\n",
                "HTTP/1.1",
                "\r\n\r\n");
        Arbitrary<Edit> edits = Combinators.combine(
                        Arbitraries.integers(), Arbitraries.integers().between(0, 3), pieces)
                .as(Edit::new);
        return Combinators.combine(
                        Arbitraries.of(shortOnes), edits.list().ofMinSize(1).ofMaxSize(4))
                .as(CodecPropertiesTest::edited);
    }

    private record Edit(int place, int removed, String inserted) {
        String of(String text) {
            int from = text.isEmpty() ? 0 : Math.floorMod(place, text.length());
            int to = Math.min(text.length(), from + removed);
            return text.substring(0, from) + inserted + text.substring(to);
        }
    }

    private static byte[] edited(String text, List<Edit> edits) {
        String edited = text;
        for (Edit edit : edits) {
            edited = edit.of(edited);
        }
        return edited.getBytes(ISO_8859_1);
    }
}
