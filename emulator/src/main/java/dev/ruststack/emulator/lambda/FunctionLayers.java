package dev.ruststack.emulator.lambda;

import dev.ruststack.emulator.lambda.FunctionConfiguration.Code;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * The layers of a function, and the directory that has all their files, those of a later one in place of an earlier
 * one's. AWS: Lambda Developer Guide, Managing Lambda dependencies with layers.
 *
 * @param layers in the order in which they are put over each other
 * @param directory what the function sees as {@code /opt}; empty where there are no layers
 */
public record FunctionLayers(List<Layer> layers, Path directory) {
    /** No layers. */
    public static final FunctionLayers NONE = new FunctionLayers(List.of(), Path.of(""));

    public FunctionLayers {
        layers = List.copyOf(layers);
    }

    /** One layer; {@code arn} with the version. */
    public record Layer(String arn, Code code) {}

    public boolean none() {
        return layers.isEmpty();
    }

    List<Code> codes() {
        return layers.stream().map(Layer::code).toList();
    }

    FunctionLayers moved(UnaryOperator<Path> move) {
        return none()
                ? this
                : new FunctionLayers(
                        layers.stream()
                                .map(layer ->
                                        new Layer(layer.arn(), layer.code().moved(move)))
                                .toList(),
                        move.apply(directory));
    }
}
