// SPDX-License-Identifier: Apache-2.0
package dev.hansard.core.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.hansard.core.masking.Maskings;
import dev.hansard.core.masking.RawExchange;
import dev.hansard.ports.exchange.Durability;
import dev.hansard.ports.exchange.Field;
import dev.hansard.ports.exchange.OverloadAction;
import dev.hansard.ports.exchange.RecordPolicy;
import dev.hansard.ports.exchange.Refusal;
import dev.hansard.ports.masking.MaskCounts;
import dev.hansard.ports.session.InMemorySpool;
import dev.hansard.ports.session.MaskStatus;
import dev.hansard.ports.session.Masking;
import dev.hansard.ports.session.RecordedMessage;
import dev.hansard.ports.session.Session;
import dev.hansard.ports.session.SessionBuilder;
import dev.hansard.ports.value.ServiceName;
import dev.hansard.ports.value.SessionId;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class RecorderTest {
    private static final SessionId ID = SessionId.parse("ses_0190163d-8694-739b-aea5-966c26f8ad91");
    private static final ServiceName SERVICE = new ServiceName("payments");
    private static final RecordPolicy STRICT = new RecordPolicy(1 << 20, Durability.STRICT, OverloadAction.REJECT);
    private static final RecordPolicy RELAXED = new RecordPolicy(1 << 20, Durability.RELAXED, OverloadAction.REJECT);
    private static final RecordPolicy LENIENT = new RecordPolicy(1 << 20, Durability.RELAXED, OverloadAction.METADATA);

    private final InMemorySpool spool = new InMemorySpool();
    private final TapePool tapes = new TapePool(1 << 20);
    private final Recorder recorder = new Recorder(
            spool, Maskings.alwaysOn(), tapes, new RecorderSettings(Duration.ofMillis(200), 100_000, 10, 1 << 20));

    @AfterEach
    void givesAllTapesBack() {
        spool.heal();
        recorder.close();

        assertThat(tapes.usedBytes()).isZero();
    }

    @Test
    void storesAStrictCompletionMasked() {
        Recorder.Result result = recorder.complete(completion("secret=1", "fine"));

        assertThat(result).isEqualTo(Recorder.Result.STORED);
        InMemorySpool.Recorded recorded = spool.completions().getFirst();
        assertThat(recorded.responseBody()).isEqualTo("fine");
        assertThat(recorded.session().request().headers().toString()).doesNotContain("canary");
        assertThat(recorded.session().request().maskStatus()).isEqualTo(MaskStatus.MASKED);
    }

    @Test
    void storesAnIntentMasked() {
        Recorder.Result result = recorder.intent(new RawExchange(session("", ""), List.of(), List.of()));

        assertThat(result).isEqualTo(Recorder.Result.STORED);
        assertThat(spool.intents().getFirst().session().toString()).doesNotContain("canary");
    }

    @Test
    void countsWhatMaskingWithholds() {
        Recorder.Result _ = recorder.intent(new RawExchange(session("", ""), List.of(), List.of()));
        Recorder.Result _ = recorder.complete(completion("{\"unfinished\":", "fine"));
        Recorder.Result _ = recorder.complete(completion("{\"unfinished\":", "\u0001"));

        assertThat(recorder.maskCounts()).isEqualTo(new MaskCounts(0, Map.of("syntax", 2L), Map.of("format", 1L)));
    }

    @Test
    void countsARecordAtWhichMaskingFailsOnceAndWithholdsAllOfIt() {
        Recorder.Result result;
        MaskCounts counts;
        try (var failing = new Recorder(spool, Maskings.failing(), tapes, RecorderSettings.DEFAULT)) {
            result = failing.complete(completion("{}", "fine"));
            counts = failing.maskCounts();
        }

        assertThat(result).isEqualTo(Recorder.Result.STORED);
        assertThat(spool.completions().getFirst().session().request().maskStatus())
                .isEqualTo(MaskStatus.WITHHELD);
        assertThat(counts).isEqualTo(new MaskCounts(1, Map.of("failure", 1L), Map.of("failure", 1L)));
    }

    @Test
    void recordsWithoutContentWhatItHasNoMemoryToMask() {
        spool.stall("hog");
        Thread hog =
                Thread.ofPlatform().name("hog").start(() -> recorder.complete(completion("x".repeat(150_000), "")));
        await().until(() -> hog.getState() == Thread.State.WAITING || hog.getState() == Thread.State.TIMED_WAITING);

        Recorder.Result result = recorder.complete(completion("y".repeat(300_000), "z"));

        assertThat(result).isEqualTo(Recorder.Result.STORED);
        InMemorySpool.Recorded recorded = spool.completions().getFirst();
        assertThat(recorded.requestBody()).isEmpty();
        assertThat(recorded.session().request().truncated()).isTrue();
        assertThat(recorded.session().request().bodyBytes()).isEqualTo(300_000);
        spool.heal();
        await().untilAsserted(() -> assertThat(spool.completions()).hasSize(2));
    }

    @Test
    void saysThatAStrictRecordIsMissingOnceTheDeadlineIsOver() {
        spool.hang();

        Recorder.Result result = recorder.complete(completion("a", "b"));

        assertThat(result).isEqualTo(Recorder.Result.MISSING);
    }

    @Test
    void refusesStrictCallsWhileTheSpoolFails() {
        spool.fail("disk full");

        assertThat(recorder.refusal(SERVICE, STRICT))
                .isNotNull()
                .satisfies(refusal -> assertThat(refusal.code()).isEqualTo("recorder_unavailable"));
        assertThat(recorder.refusal(SERVICE, RELAXED)).isNull();
        spool.heal();
        assertThat(recorder.refusal(SERVICE, STRICT)).isNull();
    }

    @Test
    void refusesCallsOnAScarceDiskUnlessTheyMayDoWithoutContents() {
        spool.scarce(true);
        Tape bare = recorder.tape(SERVICE, LENIENT);
        bare.take(new byte[10], 0, 10);

        assertThat(recorder.refusal(SERVICE, STRICT)).isNotNull();
        assertThat(recorder.refusal(SERVICE, RELAXED)).isNotNull();
        assertThat(recorder.refusal(SERVICE, LENIENT)).isNull();
        assertThat(bare.keptBytes()).isZero();
        assertThat(bare.isTruncated()).isTrue();
        bare.release();
        spool.scarce(false);
        assertThat(recorder.refusal(SERVICE, STRICT)).isNull();
    }

    @Test
    void refusesServicesWithoutRoomByTheirOwnCode() {
        RecordRoom room = service -> service.equals(SERVICE) ? "Service payments is full." : "";
        var strictAndBare = new RecordPolicy(1 << 20, Durability.STRICT, OverloadAction.METADATA);
        var limits = new RecorderSettings(Duration.ofMillis(200), 100_000, 10, 1 << 20);
        try (var limited = new Recorder(spool, Maskings.alwaysOn(), tapes, limits, UnaryOperator.identity(), room)) {
            Refusal strict = limited.refusal(SERVICE, STRICT);
            Tape bare = limited.tape(SERVICE, LENIENT);
            bare.take(new byte[10], 0, 10);

            assertThat(strict).isNotNull();
            assertThat(strict.code()).isEqualTo("quota_exceeded");
            assertThat(limited.refusal(SERVICE, RELAXED)).isEqualTo(strict);
            assertThat(limited.refusal(SERVICE, strictAndBare)).isEqualTo(strict);
            assertThat(limited.refusal(SERVICE, LENIENT)).isNull();
            assertThat(limited.refusal(new ServiceName("other"), STRICT)).isNull();
            assertThat(bare.keptBytes()).isZero();
        }
    }

    @Test
    void refusesCallsWithoutRoomForTheirTapesUnlessTheyMayDoWithout() {
        Tape hog = recorder.tape(SERVICE, RELAXED);
        hog.take(new byte[1 << 20], 0, 1 << 20);

        assertThat(recorder.refusal(SERVICE, RELAXED)).isNotNull();
        assertThat(recorder.refusal(SERVICE, LENIENT)).isNull();
        hog.release();
        assertThat(recorder.refusal(SERVICE, RELAXED)).isNull();
    }

    @Test
    void writesRelaxedCompletionsBehind() {
        Recorder.Result result = recorder.completeBehind(completion("a", "b"));

        assertThat(result).isEqualTo(Recorder.Result.STORED);
        await().untilAsserted(() -> assertThat(spool.completions()).hasSize(1));
    }

    @Test
    void hasCallsWriteTheirRecordsThemselvesWhenTheQueueIsHalfFull() {
        spool.stall("hansard-recorder");
        // One is held, four wait; with the fifth the queue of ten is half full.
        for (int i = 0; i < 5; i++) {
            assertThat(recorder.completeBehind(completion("a", "b"))).isEqualTo(Recorder.Result.STORED);
        }

        Recorder.Result result = recorder.completeBehind(completion("mine", "b"));

        assertThat(result).isEqualTo(Recorder.Result.STORED);
        assertThat(spool.completions())
                .extracting(InMemorySpool.Recorded::requestBody)
                .containsExactly("mine");
        assertThat(recorder.refusal(SERVICE, RELAXED)).isNull();
        spool.heal();
        await().untilAsserted(() -> assertThat(spool.completions()).hasSize(6));
    }

    @Test
    void writesWhatIsQueuedBeforeItCloses() {
        for (int i = 0; i < 10; i++) {
            assertThat(recorder.completeBehind(completion("a", "b"))).isEqualTo(Recorder.Result.STORED);
        }

        recorder.close();

        assertThat(spool.completions()).hasSize(10);
    }

    @Test
    void keepsTheHeadsWhenThereIsNoRoomForTheContent() {
        Recorder.Result _ = recorder.completeBehind(completion("x".repeat(150_000), "y"));

        await().untilAsserted(() -> assertThat(spool.completions()).hasSize(1));
        InMemorySpool.Recorded recorded = spool.completions().getFirst();
        assertThat(recorded.requestBody()).isEmpty();
        assertThat(recorded.session().request().truncated()).isTrue();
        assertThat(recorded.session().request().bodyBytes()).isEqualTo(150_000);
    }

    private Completion completion(String request, String response) {
        Tape requestTape = recorder.tape(SERVICE, STRICT);
        Tape responseTape = recorder.tape(SERVICE, STRICT);
        byte[] sent = request.getBytes(StandardCharsets.ISO_8859_1);
        byte[] received = response.getBytes(StandardCharsets.ISO_8859_1);
        requestTape.take(sent, 0, sent.length);
        responseTape.take(received, 0, received.length);
        return new Completion(
                session(request, response),
                requestTape,
                responseTape,
                spool.begin(ID, SERVICE, "POST", Durability.STRICT));
    }

    private static Session session(String request, String response) {
        return SessionBuilder.aSession()
                .id(ID)
                .target("/pay?access_token=canary")
                .request(message(request))
                .response(message(response))
                .build();
    }

    private static RecordedMessage message(String content) {
        return new RecordedMessage(
                List.of(new Field("Authorization", "Bearer canary")),
                List.of(),
                content.length(),
                content.length(),
                "ab".repeat(32),
                false,
                Masking.CLEAN);
    }
}
