package dev.ruststack.cli.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TableTest {
    @Test
    void columnsAreAsWideAsTheirWidestCellAndEmptyOnesAreLeftOut() {
        var table = new Table("KIND", "NAME", "NOTE", "ARN");
        table.row("Bucket", "a", "", "arn:aws:s3:::a");
        table.row("Table", "orders", "", "");

        assertThat(table.lines())
                .containsExactly("KIND    NAME    ARN", "Bucket  a       arn:aws:s3:::a", "Table   orders");
    }
}
