package dev.ruststack.emulator.dynamodb;

import java.util.List;
import software.amazon.awssdk.services.dynamodb.model.Record;
import software.amazon.awssdk.services.dynamodb.model.ShardIteratorType;

/** Reads the stream of a table from its start, as a consumer does. */
record StreamReader(ProxyFixture fixture) {
    List<Record> records(String table) {
        try (var streams = fixture.streams()) {
            var arn = streams.listStreams(r -> r.tableName(table))
                    .streams()
                    .getFirst()
                    .streamArn();
            var shard = streams.describeStream(r -> r.streamArn(arn))
                    .streamDescription()
                    .shards()
                    .getFirst();
            var iterator = streams.getShardIterator(
                    r -> r.streamArn(arn).shardId(shard.shardId()).shardIteratorType(ShardIteratorType.TRIM_HORIZON));
            return streams.getRecords(r -> r.shardIterator(iterator.shardIterator()))
                    .records();
        }
    }
}
