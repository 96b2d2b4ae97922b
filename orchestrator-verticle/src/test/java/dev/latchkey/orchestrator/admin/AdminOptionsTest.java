// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.latchkey.eventbus.crypto.SigningKey;
import dev.latchkey.orchestrator.credential.Deployer;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AdminOptionsTest {
    private final Deployer deployer =
            new Deployer("deployer", List.of(SigningKey.generate().verifyingKey()));

    private AdminOptions read(JsonObject json) {
        return AdminOptions.fromJson(json, deployer, "a.latchkey");
    }

    private void assertRefused(JsonObject json, String... texts) {
        assertThatThrownBy(() -> read(json))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(texts);
    }

    @Test
    void defaults_areLoopbackAndTheDeployer() {
        AdminOptions options = read(new JsonObject());
        assertThat(options.host()).isEqualTo("127.0.0.1");
        assertThat(options.port()).isEqualTo(8600);
        assertThat(options.isSecure()).isFalse();
        assertThat(options.issuer()).isEqualTo(deployer);
        assertThat(options.audience()).isEqualTo("a.latchkey/admin");
        assertThat(options.rolesClaim()).isEqualTo("roles");
        assertThat(options.requestsPerSecond()).isEqualTo(50);
    }

    @Test
    void settings_areRead(@TempDir Path folder) throws IOException {
        Path keystore = Files.writeString(folder.resolve("k"), "");
        Path password = Files.writeString(folder.resolve("p"), "");
        Deployer other = new Deployer("other", List.of(SigningKey.generate().verifyingKey()));
        Path keys = Files.writeString(folder.resolve("j"), other.toJson().encode());
        AdminOptions options = read(new JsonObject()
                .put("host", "0.0.0.0")
                .put("port", 1)
                .put("tlsKeystoreFile", keystore.toString())
                .put("tlsPasswordFile", password.toString())
                .put("issuer", "corp")
                .put("keysFile", keys.toString())
                .put("audience", "x")
                .put("rolesClaim", "groups")
                .put("requestsPerSecond", 2));
        assertThat(options)
                .isEqualTo(new AdminOptions(
                        "0.0.0.0", 1, keystore, password, new Deployer("corp", other.keys()), "x", "groups", 2));
    }

    @Test
    void hostThatOthersReach_needsTls() {
        assertRefused(new JsonObject().put("host", "0.0.0.0"), "admin.host", "tlsKeystoreFile");
        assertRefused(new JsonObject().put("host", "192.0.2.1"), "admin.host", "tlsKeystoreFile");
    }

    @Test
    void keystoreWithoutPassword_andPasswordWithoutKeystore_areRefused(@TempDir Path folder) throws IOException {
        String file = Files.writeString(folder.resolve("f"), "").toString();
        assertRefused(new JsonObject().put("tlsKeystoreFile", file), "admin.tlsPasswordFile");
        assertRefused(new JsonObject().put("tlsPasswordFile", file), "admin.tlsKeystoreFile");
    }

    @Test
    void settings_thatAreWrong_areNamedWithTheFix() {
        assertRefused(new JsonObject().put("prot", 1), "admin.prot", "did you mean 'port'?");
        assertRefused(new JsonObject().put("port", 65_536), "admin.port");
        assertRefused(new JsonObject().put("port", "80"), "admin.port");
        assertRefused(new JsonObject().put("audience", ""), "admin.audience");
        assertRefused(new JsonObject().put("rolesClaim", ""), "admin.rolesClaim");
        assertRefused(new JsonObject().put("requestsPerSecond", 0), "admin.requestsPerSecond");
        assertRefused(new JsonObject().put("keysFile", "nowhere"), "admin.keysFile", "cannot be read");
    }
}
