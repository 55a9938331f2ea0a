/* eslint-disable @n8n/community-nodes/no-restricted-globals, @n8n/community-nodes/no-restricted-imports, @n8n/community-nodes/no-dangerous-functions */
import { execFileSync } from 'node:child_process';
import {
	appendFileSync,
	chmodSync,
	cpSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const NPM = join(__dirname, 'npm');
const NODE = 'dist/nodes/TrustPager/TrustPager.node.js';

/** Code that appends a version to the node's description, so that one sees which code n8n runs. */
const versionInDescription = (version: string) =>
	`\nexports.TrustPager = class extends exports.TrustPager {
		constructor() {
			super();
			this.description.description += ' (${version})';
		}
	};\n`;

interface Manifest {
	name: string;
	version: string;
	[key: string]: unknown;
}

/**
 * The versions of our package that an n8n of the lab can install. Only licensed instances of n8n may use another registry,
 * but it calls `npm` by name; with `env` it finds one that serves these tarballs. The rest of the installation, from
 * Settings › Community nodes to the database, is n8n's own code.
 */
export class LocalRegistry {
	private readonly folder = mkdtempSync(join(tmpdir(), 'trustpager-registry-'));
	private readonly versions: Record<string, string> = {};

	constructor() {
		cpSync(NPM, join(this.folder, 'npm'));
		chmodSync(join(this.folder, 'npm'), 0o755);
	}

	/** For n8n: our npm comes first, and all requests to the outside are refused at once. */
	get env(): Record<string, string> {
		const closedPort = 'http://127.0.0.1:9';
		return {
			PATH: [this.folder, process.env.PATH].join(delimiter),
			HTTPS_PROXY: closedPort,
			https_proxy: closedPort,
		};
	}

	/** Publishes a tarball as the latest version. @returns its version */
	publish(tarball: string): string {
		const text = execFileSync('tar', ['-xzOf', tarball, 'package/package.json'], {
			encoding: 'utf8',
		});
		const { name, version } = JSON.parse(text) as Manifest;
		this.versions[version] = tarball;
		writeFileSync(
			join(this.folder, 'registry.json'),
			JSON.stringify({ name, versions: this.versions }),
		);
		return version;
	}

	/** Publishes the same code as the next patch version, named in its node's description. @returns its version */
	publishNextPatch(tarball: string): string {
		const unpacked = join(this.folder, 'next');
		mkdirSync(unpacked);
		execFileSync('tar', ['-xzf', tarball, '-C', unpacked]);
		const file = join(unpacked, 'package', 'package.json');
		const manifest = JSON.parse(readFileSync(file, 'utf8')) as Manifest;
		const [major, minor, patch] = manifest.version.split('.');
		manifest.version = [major, minor, Number(patch) + 1].join('.');
		writeFileSync(file, JSON.stringify(manifest, null, 2));
		appendFileSync(join(unpacked, 'package', NODE), versionInDescription(manifest.version));
		const next = join(this.folder, `${manifest.name}-${manifest.version}.tgz`);
		execFileSync('tar', ['-czf', next, '-C', unpacked, 'package']);
		rmSync(unpacked, { recursive: true });
		return this.publish(next);
	}

	/** Removes it from the disk. */
	remove(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
