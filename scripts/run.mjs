import { spawn } from 'node:child_process';

/**
 * Runs a program to its end. Signals that reach this process go on to it, so nothing is left running.
 * With `quiet` its output is collected and returned instead of shown. A program that cannot start has status 127.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, quiet?: boolean }} [options]
 * @returns {Promise<{ status: number, output: string }>}
 */
export function run(command, args, { cwd, env = process.env, quiet = false } = {}) {
	return new Promise((resolve) => {
		const child = spawn(command, args, {
			cwd,
			env,
			stdio: ['ignore', quiet ? 'pipe' : 'inherit', quiet ? 'pipe' : 'inherit']
		});
		let output = '';
		child.stdout?.on('data', (chunk) => (output += chunk));
		child.stderr?.on('data', (chunk) => (output += chunk));
		const pass = (/** @type {NodeJS.Signals} */ signal) => child.kill(signal);
		process.on('SIGINT', pass).on('SIGTERM', pass);
		const end = (/** @type {number} */ status) => {
			process.off('SIGINT', pass).off('SIGTERM', pass);
			resolve({ status, output });
		};
		child.on('error', (error) => {
			output += error.message;
			end(127);
		});
		child.on('close', (code, signal) => end(code ?? (signal ? 1 : 0)));
	});
}
