// SPDX-License-Identifier: Apache-2.0
package dev.hansard.ports.search;

import java.util.List;

class InMemoryContentSearchTest implements ContentSearchContract {
    @Override
    public ContentSearch over(List<Spoken> exchanges) {
        return new InMemoryContentSearch().with(exchanges);
    }
}
