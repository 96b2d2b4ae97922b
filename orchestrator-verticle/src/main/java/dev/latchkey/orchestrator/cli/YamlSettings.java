// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.cli;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/** Settings in a YAML file, or in a JSON one, which is YAML too. No object is ever made from a tag. */
final class YamlSettings {
    private static final int MAX_BYTES = 1 << 20;

    private YamlSettings() {}

    /**
     * Reads the settings; an empty file has none.
     *
     * @param fix what to do when the file does not exist
     * @throws IllegalArgumentException naming file, line, problem and fix
     */
    static JsonObject load(Path file, String fix) throws IOException {
        try {
            return settings(parse(read(file)));
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + " does not exist; " + fix, e);
        } catch (CharacterCodingException e) {
            throw refused(file.toString(), "the file is not UTF-8; save it as UTF-8", e);
        } catch (MarkedYAMLException e) {
            int line = e.getProblemMark().getLine() + 1;
            throw refused(file + ":" + line, "invalid YAML: " + e.getProblem() + "; correct the syntax there", e);
        } catch (YAMLException | ClassCastException e) {
            throw refused(file.toString(), "invalid YAML: " + e.getMessage() + "; make it simpler", e);
        } catch (IllegalArgumentException e) {
            throw refused(file.toString(), String.valueOf(e.getMessage()), e);
        }
    }

    private static IllegalArgumentException refused(String where, String problem, Exception cause) {
        return new IllegalArgumentException(where + ": " + problem, cause);
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > MAX_BYTES) {
            throw new IllegalArgumentException("the file is larger than 1 MiB; make it smaller");
        }
        return Files.readString(file);
    }

    private static @Nullable Object parse(String text) {
        LoaderOptions limits = new LoaderOptions();
        limits.setAllowDuplicateKeys(false);
        // Settings need none; with them, a small file could stand for an endless tree.
        limits.setMaxAliasesForCollections(0);
        return new Yaml(new SafeConstructor(limits)).load(text);
    }

    private static JsonObject settings(@Nullable Object root) {
        if (root == null) {
            return new JsonObject();
        }
        return json(root) instanceof JsonObject settings ? settings : refuse("the file holds no keys and values");
    }

    private static JsonObject refuse(String problem) {
        throw new IllegalArgumentException(problem + "; write settings as 'name: value'");
    }

    /** YAML knows more types than JSON: keys of any kind, dates, sets. They mean nothing here. */
    private static @Nullable Object json(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return object(map);
        }
        if (value instanceof List<?> list) {
            JsonArray array = new JsonArray();
            list.forEach(element -> array.add(json(element)));
            return array;
        }
        boolean plain = value == null || value instanceof String || value instanceof Number || value instanceof Boolean;
        return plain ? value : refuse("'" + value + "' is neither text, number nor true or false");
    }

    private static JsonObject object(Map<?, ?> map) {
        JsonObject object = new JsonObject();
        map.forEach((key, value) -> {
            if (!(key instanceof String name)) {
                refuse("the key '" + key + "' is no text");
                return;
            }
            object.put(name, json(value));
        });
        return object;
    }
}
