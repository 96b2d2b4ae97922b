// SPDX-License-Identifier: Apache-2.0
package dev.latchkey.benchmarks.bus;

import dev.latchkey.examples.node.NodeException;
import dev.latchkey.examples.node.NodeFolder;
import dev.latchkey.examples.node.Reporting;
import java.io.IOException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** Starts pairs of nodes, of keys that are made for one run. */
final class Pairs implements AutoCloseable {
    private static final String POLICY = "bench-policy.yaml";

    private final NodeFolder folder;
    private final Map<BusMode, Pair> pairs = new EnumMap<>(BusMode.class);

    /** Of the pairs whose policy has as many operations as they are to be measured with. */
    private final List<NodeFolder> others = new ArrayList<>();

    Pairs() throws IOException, GeneralSecurityException {
        this.folder = NodeFolder.create(Pairs.class, POLICY);
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
        return new Pair(mode, folder.path(), log(), dialling, CrowdSize.ONE);
    }

    /** Starts one pair whose client has many instances or operations; the caller closes it. */
    Pair start(BusMode mode, CrowdSize size) throws IOException, GeneralSecurityException, NodeException {
        return new Pair(mode, folder(size).path(), log(), Dialling.DIRECT, size);
    }

    private NodeFolder folder(CrowdSize size) throws IOException, GeneralSecurityException {
        if (size.operations() == 0) {
            return folder;
        }
        NodeFolder other = NodeFolder.create(OperationsPolicy.of(size.operations()));
        others.add(other);
        return other;
    }

    /** Where all nodes write, whatever folder they have. */
    private Path log() {
        return folder.path().resolve(Reporting.LOG);
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
        others.forEach(NodeFolder::close);
        folder.close();
    }
}
