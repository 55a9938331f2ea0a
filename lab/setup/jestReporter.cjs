const { DefaultReporter } = require('@jest/reporters');

/** Shows each suite when it ends, and no totals; under the name 'default', Jest adds its summary. */
module.exports = class extends DefaultReporter {};
