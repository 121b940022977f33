package dev.ruststack.emulator.s3.configuration;

/**
 * A kind of configuration that a bucket may have, once or, where it has ids, several times.
 *
 * @param name what it is called in the journal: once released it stays as it is, and so do the components of the type,
 *     which may only get more of them that may be null
 * @param type the document; as JSON it stands in the journal
 */
public record ConfigurationKind<T extends Record>(String name, Class<T> type) {}
