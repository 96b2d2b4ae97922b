// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeFolder;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Starts pairs of nodes, of keys that are made for one run. */
final class Pairs implements AutoCloseable {
    private static final String POLICY = "bench-policy.yaml";

    private final NodeFolder folder;
    private final Map<BusMode, Pair> pairs = new EnumMap<>(BusMode.class);

    Pairs() throws IOException, GeneralSecurityException {
        this(NodeFolder.create(Pairs.class, POLICY));
    }

    /** Pairs whose policy has many operations. */
    static Pairs of(int operations) throws IOException, GeneralSecurityException {
        return new Pairs(NodeFolder.create(OperationsPolicy.of(operations)));
    }

    private Pairs(NodeFolder folder) throws IOException, GeneralSecurityException {
        this.folder = folder;
        JwtKeys.write(folder.path());
        TlsKeys.write(folder.path());
    }

    /** Starts a pair in each mode; all stay alive until this is closed. */
    Map<BusMode, Pair> start(List<BusMode> modes, Function<BusMode, Dialling> dialling)
            throws IOException, NodeException {
        for (BusMode mode : modes) {
            pairs.put(mode, start(mode, dialling.apply(mode)));
        }
        return pairs;
    }

    /** Starts one pair, which the caller closes. */
    Pair start(BusMode mode, Dialling dialling) throws IOException, NodeException {
        return new Pair(mode, folder.path(), dialling, CrowdSize.ONE);
    }

    /** Starts one pair whose client has many instances or operations; the caller closes it. */
    Pair start(BusMode mode, CrowdSize size) throws IOException, NodeException {
        return new Pair(mode, folder.path(), Dialling.DIRECT, size);
    }

    NodeFolder folder() {
        return folder;
    }

    /** Ends the pairs that {@link #start(List, Function)} started. */
    void stop() {
        pairs.values().forEach(Pair::close);
        pairs.clear();
    }

    @Override
    public void close() {
        stop();
        folder.close();
    }
}
