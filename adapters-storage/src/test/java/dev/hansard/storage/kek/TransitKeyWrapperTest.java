// SPDX-License-Identifier: Apache-2.0
package dev.hansard.storage.kek;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hansard.ports.crypt.KeyWrapper;
import dev.hansard.ports.crypt.KeyWrapperContract;
import dev.hansard.ports.crypt.WrappedKey;
import dev.hansard.ports.session.StorageException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TransitKeyWrapperTest implements KeyWrapperContract {
    @TempDir
    private Path folder;

    private TransitServer server;
    private Path token;
    private TransitKeyWrapper wrapper;

    @BeforeEach
    void starts() throws IOException {
        server = new TransitServer();
        token = Files.writeString(folder.resolve("token"), TransitServer.TOKEN + "\n");
        wrapper = TransitKeyWrapper.open(new TransitClient(server.address(), "transit", "hansard", token));
    }

    @AfterEach
    void ends() {
        wrapper.close();
        server.close();
    }

    @Override
    public KeyWrapper wrapper() {
        return wrapper;
    }

    @Override
    public void rotate() {
        server.rotate();
    }

    @Test
    void readsTheTokenAnewEachTime() throws IOException {
        Files.writeString(token, "hvs.another");

        assertThatThrownBy(() -> wrapper.current())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("answers 403 to encrypt")
                .hasMessageContaining("policy")
                .hasMessageNotContaining("hvs.");
    }

    @Test
    void saysThatNobodyAnswers() {
        WrappedKey wrapped = wrapper.wrap(new byte[32], "a");
        server.close();

        assertThatThrownBy(() -> wrapper.unwrap(wrapped, "a"))
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("cannot be reached");
    }

    @Test
    void takesNoAnswerThatIsNone() {
        for (String body : new String[] {"{}", "x".repeat(100_000), "{\"data\":{\"ciphertext\":\"vault:v1:\"}}"}) {
            server.answering(200, body);

            assertThatThrownBy(() -> wrapper.wrap(new byte[32], "a")).isInstanceOf(StorageException.class);
        }
    }

    @Test
    void doesNotFollowARedirect() {
        server.answering(307, "");

        assertThatThrownBy(() -> wrapper.current())
                .isInstanceOf(StorageException.class)
                .hasMessageContaining("answers 307");
    }
}
