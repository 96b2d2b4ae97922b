// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.orchestrator.admin;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The console's files: a fixed set, read once. Whatever else is asked for is not there, so no path leads anywhere else. */
final class ConsoleFiles {
    static final String PATH = "/console";

    private static final String FOLDER = "/dev/latchkey/orchestrator/console/";
    private static final List<String> NAMES = List.of(
            "index.html",
            "console.css",
            "icon.svg",
            "api.js",
            "confirm.js",
            "dom.js",
            "format.js",
            "instances.js",
            "keys.js",
            "layout.js",
            "main.js",
            "map.js",
            "policy.js",
            "refusals.js");
    private static final Map<String, String> TYPES = Map.of(
            "html", "text/html; charset=utf-8",
            "css", "text/css; charset=utf-8",
            "js", "text/javascript; charset=utf-8",
            "svg", "image/svg+xml");
    private final Map<String, Buffer> files = new TreeMap<>();

    ConsoleFiles() {
        NAMES.forEach(name -> files.put(name, read(name)));
    }

    private static Buffer read(String name) {
        try (@Nullable InputStream in = ConsoleFiles.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("the console's file " + name + " is missing");
            }
            return Buffer.buffer(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static boolean isAt(String path) {
        return path.equals(PATH) || path.startsWith(PATH + "/");
    }

    void answer(RoutingContext context) {
        String path = context.request().path();
        HttpServerResponse response = context.response();
        if (path.equals(PATH)) {
            response.setStatusCode(308).putHeader("Location", PATH + "/").end();
            return;
        }
        String name = path.equals(PATH + "/") ? "index.html" : path.substring(PATH.length() + 1);
        Buffer file = files.get(name);
        if (file == null) {
            throw new ApiException(Problem.NOT_FOUND, "the console has no such file; open " + PATH + "/");
        }
        response.putHeader("Content-Type", type(name)).end(file);
    }

    private static String type(String name) {
        return Objects.requireNonNull(TYPES.get(name.substring(name.lastIndexOf('.') + 1)));
    }
}
