// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.vectors;

import static org.assertj.core.api.Assertions.assertThat;

import dev.latchkey.eventbus.DenialReason;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** docs/protocol.md itself: its formulas give the vectors' keys, its codes are the product's, and no member is left out. */
class ProtocolVectorsPageTest {
    private static final Pattern DERIVATION =
            Pattern.compile("(\\w+) += HKDF\\(ikm in\\S*.*salt \"([^\"]+)\", +info \"([^\"]+)\",");
    private static final Pattern CODE = Pattern.compile("`([A-Z_]{4,})` \\(?(-70\\d\\d)");

    private final JsonObject vectors = VectorFile.read();

    private static String page() throws IOException {
        return Files.readString(Path.of("..", "docs", "protocol.md"));
    }

    @Test
    void page_derivations_giveTheKeysOfTheVectors() throws IOException {
        Map<String, String> derived = DERIVATION
                .matcher(page())
                .results()
                .collect(Collectors.toMap(match -> match.group(1), match -> derive(match)));
        JsonObject keys = vectors.getJsonObject("keySchedule");
        assertThat(derived)
                .containsEntry("call_seed", keys.getString("callSeed"))
                .containsEntry("auth_key", keys.getString("authKey"))
                .containsEntry("authz_key", keys.getString("authzKey"))
                .containsEntry("enc_key", keys.getString("encKey"));
    }

    private String derive(MatchResult match) {
        String input = match.group(1).equals("call_seed") ? "callSeedInput" : "input";
        byte[] ikm = Bytes.of(vectors.getJsonObject("keySchedule"), input);
        return Bytes.hex(Bytes.hkdf(ikm, match.group(2), match.group(3)));
    }

    @Test
    void page_reasonsWithCodes_areThose() throws IOException {
        Map<String, Integer> codes = CODE.matcher(page())
                .results()
                .collect(Collectors.toMap(
                        match -> match.group(1), match -> Integer.valueOf(match.group(2)), (one, same) -> same));
        assertThat(codes).hasSizeGreaterThan(12);
        codes.forEach(
                (name, code) -> assertThat(DenialReason.valueOf(name).code()).isEqualTo(code));
    }

    @Test
    void page_membersOfAllJson_areExplained() throws IOException {
        Set<String> names = new TreeSet<>();
        collect(segment("token", 0), names);
        collect(segment("token", 1), names);
        collect(segment("credential", 1), names);
        collect(vectors.getJsonObject("trustBundle"), names);
        collect(vectors.getJsonObject("registration").getJsonObject("questionJson"), names);
        collect(vectors.getJsonObject("registration").getJsonObject("grantedJson"), names);
        collect(plain("registration", "deniedPlain"), names);
        collect(lease(), names);
        String page = page();
        assertThat(names).hasSizeGreaterThan(40).allMatch(name -> page.contains("`" + name + "`"));
    }

    private JsonObject segment(String section, int index) {
        String compact = vectors.getJsonObject(section).getString("compact");
        return new JsonObject(Buffer.buffer(Base64.getUrlDecoder().decode(compact.split("\\.", -1)[index])));
    }

    private JsonObject plain(String section, String member) {
        Buffer bytes = Buffer.buffer(Bytes.of(vectors.getJsonObject(section), member));
        return new JsonObject(bytes.slice(Integer.BYTES, Integer.BYTES + bytes.getInt(0)));
    }

    private JsonObject lease() {
        JsonObject lease = vectors.getJsonObject("records").getJsonObject("lease");
        return new JsonObject(Buffer.buffer(Bytes.of(lease, "content")));
    }

    private static void collect(JsonObject json, Set<String> names) {
        json.forEach(member -> {
            names.add(member.getKey());
            // The members of 'modes' are patterns.
            if (!member.getKey().equals("modes")) {
                collectWithin(member.getValue(), names);
            }
        });
    }

    private static void collectWithin(Object value, Set<String> names) {
        if (value instanceof JsonObject json) {
            collect(json, names);
        } else if (value instanceof JsonArray array) {
            array.forEach(element -> collectWithin(element, names));
        }
    }
}
