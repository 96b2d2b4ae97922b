// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.eventbus.token;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;
import io.vertx.core.json.jackson.JacksonCodec;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * Reads JSON that others signed, so that no two readers can understand it differently: UTF-8 and nothing else (RFC 8725,
 * section 3.7), no member twice (RFC 7515, section 4), nothing behind the object, little depth.
 */
public final class StrictJson {
    private static final int MAX_DEPTH = 16;
    private static final JsonFactory FACTORY = new JsonFactoryBuilder()
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .streamReadConstraints(
                    StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
            .build();

    private StrictJson() {}

    /**
     * The object in these bytes.
     *
     * @throws JwtException when there is none; the text repeats nothing of the input
     */
    public static JsonObject object(byte[] utf8) throws JwtException {
        try {
            if (JacksonCodec.fromParser(FACTORY.createParser(text(utf8)), Object.class) instanceof JsonObject object) {
                return object;
            }
        } catch (IOException | DecodeException e) {
            // Told below: what is wrong with it is nobody's concern.
        }
        throw new JwtException("no JSON object that is written once and in UTF-8");
    }

    private static String text(byte[] utf8) throws CharacterCodingException {
        return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(utf8)).toString();
    }
}
